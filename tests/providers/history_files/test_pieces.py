"""Whatever the size of the pieces, and wherever a file is damaged: every row once, none lost."""

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.history_files.given import NOW, extended, told, zipped
from ttt.errors import HistoryRefused
from ttt.plays import ToldPlay, WhyRefused
from ttt.providers import history_files
from ttt.providers.history_files import HistoryFile
from ttt.providers.history_files.formats.scrobbles import lastfm
from ttt.providers.history_files.formats.spotify import history
from ttt.providers.history_files.pieces import arrays, lines, tables
from ttt.providers.history_files.pieces.containers import JsonRows, each
from ttt.providers.history_files.pieces.decoding import Decoder
from ttt.providers.history_files.pieces.places import Marks
from ttt.providers.history_files.pieces.scanning import DEEP, OPEN, value_end
from ttt.providers.history_files.registry import Format

MARKS = Marks({"ts", "ms_played", "platform"})
PAGED = Marks({"artist", "name", "date"})
NASTY = st.text(alphabet='"\\{}[],: \n}aü\u2028\U0001f98b', max_size=30)


class Dripping(io.BytesIO):
    """Gives as many bytes at once as it pleases."""

    def __init__(self, content: bytes, sizes: list[int]) -> None:
        super().__init__(content)
        self._sizes = sizes
        self._turn = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._turn += 1
        return super().read(min(size or 1, self._sizes[self._turn % len(self._sizes)]))


def array_rows(content: bytes, sizes: list[int]) -> list[Any]:
    decoder = Decoder(history.Row)
    return flat(arrays.ArrayRows(Dripping(content, sizes), MARKS, decoder))


def flat(pieces: Any) -> list[Any]:
    found: list[Any] = []
    for piece in pieces:
        found.extend([piece] if isinstance(piece, WhyRefused) else piece)
    return found


@given(
    titles=st.lists(NASTY, max_size=12),
    sizes=st.lists(st.integers(40, 900), min_size=1, max_size=6),
    indent=st.sampled_from([None, 2]),
)
@trying(max_examples=60)
def test_any_split_of_an_array_gives_the_same_rows(
    titles: list[str], sizes: list[int], indent: int | None
) -> None:
    rows = [extended(master_metadata_track_name=title) for title in titles]
    found = array_rows(json.dumps(rows, indent=indent).encode(), sizes)
    assert [row.title for row in found] == titles


@given(
    titles=st.lists(NASTY, max_size=12),
    sizes=st.lists(st.integers(40, 900), min_size=1, max_size=6),
)
@trying(max_examples=50)
def test_any_split_of_lines_gives_the_same_rows(titles: list[str], sizes: list[int]) -> None:
    text = "".join(json.dumps(extended(master_metadata_track_name=one)) + "\n" for one in titles)
    found = flat(lines.line_rows(Dripping(text.encode(), sizes), MARKS, Decoder(history.Row)))
    assert [row.title for row in found] == titles


@given(
    cells=st.lists(
        st.lists(st.text(alphabet='",;ab\nü', min_size=1, max_size=9), min_size=2, max_size=4),
        max_size=12,
    ),
    sizes=st.lists(st.integers(7, 50), min_size=1, max_size=6),
)
@trying(max_examples=50)
def test_any_split_of_a_table_gives_the_same_rows(cells: list[list[str]], sizes: list[int]) -> None:
    quoted = [",".join('"' + one.replace('"', '""') + '"' for one in row) for row in cells]
    stream = Dripping("\r\n".join(quoted).encode(), sizes)
    assert flat(tables.table_rows(stream, tables.Dialect("utf-8", ","))) == cells


@given(
    pages=st.lists(st.lists(NASTY, max_size=4), max_size=5),
    sizes=st.lists(st.integers(40, 300), min_size=1, max_size=6),
)
@trying(max_examples=50)
def test_any_split_of_pages_gives_the_same_rows(pages: list[list[str]], sizes: list[int]) -> None:
    content = [
        {
            "track": [{"artist": {"#text": "a", "mbid": ""}, "name": one} for one in page],
            "@attr": {},
        }
        for page in pages
    ]
    stream = Dripping(json.dumps(content).encode(), sizes)
    decoder = Decoder(lastfm.PageRow)
    found = flat(arrays.ArrayRows(stream, PAGED, decoder))
    assert [row.name for row in found] == [one for page in pages for one in page]


ROWS = [extended(ts=f"2024-03-30T22:00:{second:02}Z") for second in range(40)]
WHOLE = json.dumps(ROWS, indent=1).encode()


@given(
    places=st.lists(st.tuples(st.integers(1, len(WHOLE) - 2), st.integers(0, 255)), max_size=4),
    sizes=st.lists(st.integers(4000, 20_000), min_size=1, max_size=3),
)
@trying(max_examples=80)
def test_a_flipped_byte_costs_few_rows_and_never_raises(
    places: list[tuple[int, int]], sizes: list[int]
) -> None:
    damaged = bytearray(WHOLE)
    for place, byte in places:
        damaged[place] = byte
    blocks = list(Format.SPOTIFY_EXTENDED.rows(Dripping(bytes(damaged), sizes), GIVEN))
    plays = sum(len(block.plays) for block in blocks)
    assert plays >= len(ROWS) - 3 * len(places)


GIVEN = history_files.reading.Given(int(NOW.timestamp()))


@given(content=st.binary(max_size=300), head=st.sampled_from(["[", "{", "artist,track\n", ""]))
@trying(max_examples=150)
def test_no_bytes_whatever_raise_anything_else(content: bytes, head: str) -> None:
    file = HistoryFile("x", io.BytesIO(head.encode() + content))
    with suppress(HistoryRefused):
        list(history_files.read([file], now=NOW))


@pytest.mark.parametrize("form", list(Format))
@given(content=st.binary(max_size=400))
@trying(max_examples=15)
def test_no_format_raises_for_any_bytes(form: Format, content: bytes) -> None:
    for head in (b"", b'[{"ts":', b'{"scrobbles":[{"track":[', b'"a","b"\n"', b"PAR1"):
        list(form.rows(io.BytesIO(head + content), GIVEN))


def titles(content: bytes) -> list[object]:
    found = array_rows(content, [1 << 20])
    return [row.title if isinstance(row, history.Row) else row for row in found]


def row(title: str) -> bytes:
    return json.dumps(extended(master_metadata_track_name=title)).encode()


def test_a_row_with_a_lost_quotation_mark_costs_itself() -> None:
    broken = row("B").replace(b'"platform"', b'platform"')
    content = b"[" + b",".join([row("A"), broken, row("C"), row("D")]) + b"]"
    assert titles(content) == ["A", WhyRefused.UNREADABLE, "C", "D"]


def test_letters_that_are_no_utf_8_cost_no_row() -> None:
    content = b"[" + b",".join([row("A"), row("xx").replace(b"xx", b"\xe4\x01")]) + b"]"
    assert titles(content) == ["A", "\ufffd"]


def test_half_a_surrogate_costs_no_row() -> None:
    assert titles(b"[" + row("xx").replace(b"xx", b"\\ud83dB") + b"]") == ["B"]


def test_what_is_no_object_is_refused_in_its_place() -> None:
    content = b'[5, null, [1, {"a": 2}], "x", true, ' + row("A") + b", 7]"
    assert titles(content) == [None] * 5 + ["A", None]


def test_a_file_that_ends_within_a_row_keeps_those_before() -> None:
    content = b"[" + b",".join([row("A"), row("B"), row("C")])
    assert titles(content[:-30]) == ["A", "B", WhyRefused.CUT_OFF]
    assert titles(content) == ["A", "B", "C"]
    assert titles(content + b",") == ["A", "B", "C"]


def test_lines_may_end_within_one_or_hold_a_broken_one() -> None:
    text = b"\n".join([row("A"), b'{"ts": tru}', b"", row("B")[:-5]])
    found = flat(lines.line_rows(io.BytesIO(text), MARKS, Decoder(history.Row)))
    assert found[1:] == [WhyRefused.UNREADABLE, WhyRefused.CUT_OFF]


def test_a_quotation_mark_that_is_never_closed_costs_its_line() -> None:
    text = 'a,b\n"c,d\n' + "".join(f"e{n},f\n" for n in range(60)) + '"g,h'
    found = flat(tables.table_rows(io.BytesIO(text.encode()), tables.Dialect("utf-8", ",")))
    rows = [["a", "b"], WhyRefused.UNREADABLE, *([f"e{n}", "f"] for n in range(60))]
    assert found == [*rows, WhyRefused.CUT_OFF]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_table_may_have_any_encoding(encoding: str) -> None:
    text = "artist;track;time\n" + "Кино;Группа крови на рукаве;2024-03-30T22:00:00Z\n" * 9
    found = told(zipped({"a.csv": text.encode(encoding)}))
    assert {(play.artists, play.title) for play in found.plays} == {
        (("Кино",), "Группа крови на рукаве")
    }


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('{"a": "}"},', 10),
        ('{"a": [1, {}]}', 14),
        ('"a\\"b", ', 6),
        ("12, 3", 2),
        ('{"a": "b', OPEN),
        ('{"a": [', OPEN),
        ("12", OPEN),
        ("[" * 70, DEEP),
    ],
)
def test_where_a_value_ends(text: str, end: int) -> None:
    assert value_end(text.encode(), 0) == end


def test_rows_are_numbered_through_damage() -> None:
    broken = row("B").replace(b'"platform"', b'platform"')
    content = b"[" + b",".join([row("A"), broken, row("C")]) + b"]"
    rows = JsonRows(history.Row, each(_numbered))
    blocks = list(rows(io.BytesIO(content), GIVEN))
    assert [play.row for block in blocks for play in block.plays] == [1, 3]
    assert [one.row for block in blocks for one in block.refused] == [2]


def _numbered(row: Any, number: int, given: Any) -> ToldPlay:
    return ToldPlay(0, row.title, (), row=number)
