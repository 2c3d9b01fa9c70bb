import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from tests.security.hostile import TEXTS
from ttt.chartdata import (
    Caption,
    Flow,
    FlowMark,
    FlowPoint,
    Genres,
    MoodMap,
    MoodPoint,
    RankedValues,
)
from ttt.charts import flow, genres, mood_map, popularity
from ttt.charts.theme import theme
from ttt.cli.output import Format, show
from ttt.errors import InvalidInput
from ttt.services.accounts import fields as account_fields
from ttt.services.context import Context
from ttt.services.lists import arranging, entries, lists
from ttt.services.person import Person
from ttt.services.tables import list_csv, playlist_files, spreadsheet
from ttt.services.tracks.rows import TrackRow
from ttt.text import file_name, one_line, storable
from ttt.ui.frame import covers, notices

URI = "spotify:track:11dFghVXANMlKmJXsNCbNl"
WORDS = Caption("", "", "")
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Both databases can hold all others; a half of a surrogate pair never gets as far as a file.
KEPT = {name: text for name, text in TEXTS.items() if name not in {"nul", "surrogate"}}
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

hostile = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
kept = pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())


def row(text: str) -> TrackRow:
    return TrackRow(URI, text, (text,), album=text, genres=(text,), note=text, tags=(text,))


@contextmanager
def in_words() -> Iterator[None]:
    """What is too long or no name at all is refused by a sentence."""
    refused: InvalidInput | None = None
    try:
        yield
    except InvalidInput as error:
        refused = error
    assert refused is None or refused.reason.endswith(".")


@hostile
def test_a_list_name_is_kept_on_one_line_or_refused(
    context: Context, ada: Person, text: str
) -> None:
    with in_words():
        list_id = lists.create(context, ada, text)
        (info,) = [one for one in lists.seen_by(context, ada) if one.id == list_id]
        assert info.name == one_line(text)
        assert len(info.name.splitlines()) == 1


@hostile
def test_a_note_and_a_tag_are_kept_as_typed_or_refused(
    context: Context, ada: Person, text: str
) -> None:
    entries.add_uris(context, ada, [URI])
    with in_words():
        arranging.note(context, ada, URI, text, [])
        assert entries.listed(context, ada)[0].note == storable(text).strip()
    with in_words():
        arranging.note(context, ada, URI, "", [text])
        assert entries.listed(context, ada)[0].tags == (one_line(text),)


@hostile
@pytest.mark.parametrize("field", [account_fields.name, account_fields.username])
def test_a_name_of_a_person_is_a_line_or_refused(text: str, field: Callable[[str], str]) -> None:
    with in_words():
        name = field(text)
        assert name.isprintable()
        assert len(name) <= 120


@hostile
def test_what_is_kept_can_be_sent_and_stored(text: str) -> None:
    safe = storable(text)
    assert "\0" not in safe
    safe.encode()
    assert storable(safe) == safe


@kept
def test_a_line_break_forges_no_line_of_a_playlist(text: str) -> None:
    lines = playlist_files.m3u8(text, [row(text), row("quiet")]).splitlines()
    starts = [re.match(r"#EXTM3U|#PLAYLIST:|#EXTINF:-1,|https://open\.", line) for line in lines]
    assert all(starts)
    assert len(lines) == 6


@hostile
def test_xspf_stays_well_formed_and_holds_the_text(text: str) -> None:
    document = playlist_files.xspf(text, [row(text)])
    tree = ET.fromstring(document)
    assert [child.tag.rpartition("}")[2] for child in tree] == ["title", "trackList"]
    assert (tree[0].text or "").split() == NOT_XML.sub("", text).split()


@kept
def test_csv_has_one_row_a_track_and_no_formula(text: str) -> None:
    content = list_csv.export([row(text)]).removeprefix(spreadsheet.BYTE_ORDER_MARK)
    _, cells = csv.reader(io.StringIO(content, newline=""))
    assert spreadsheet.undefused(cells[0]) == text
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


@hostile
def test_a_file_name_is_no_path_and_no_header(text: str) -> None:
    name = file_name(text, "csv")
    assert name.endswith(".csv")
    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>|\r\n\0')
    assert not name.startswith((".", "-", " "))
    assert len(name) < 100


@hostile
def test_a_cover_is_a_picture_with_letters(text: str) -> None:
    address = covers.tile(row(text))
    assert re.fullmatch(r"data:image/svg\+xml,[\w.%/~-]+", address, re.ASCII)
    tree = ET.fromstring(unquote(address.partition(",")[2]))
    assert [child.tag.rpartition("}")[2] for child in tree] == ["rect", "text"]


def flow_of(text: str) -> Flow:
    points = (FlowPoint(text, 0, 60, 120, 0.5, "C major"), FlowPoint(text, 60, 90, 90, 0.1, None))
    return Flow(points, (FlowMark("jump", 60, text, text, "30 BPM"),), 90, WORDS)


FIGURES: dict[str, Callable[[str], Any]] = {
    "flow": lambda text: flow.figure(flow_of(text), theme("dark")),
    "genres": lambda text: genres.figure(Genres((text,), (3,), 1, 4, WORDS), theme("dark")),
    "mood map": lambda text: mood_map.figure(
        MoodMap((MoodPoint("u", text, 0.5, 0.5, 50, 120),), WORDS), theme("dark")
    ),
    "popularity": lambda text: popularity.figure(
        RankedValues((1,), (50,), (text,), 1, None, WORDS), theme("dark")
    ),
}


@hostile
@pytest.mark.parametrize("chart", FIGURES)
def test_a_chart_reads_no_markup_and_no_formula(chart: str, text: str) -> None:
    strings = list(_strings(json.loads(FIGURES[chart](text).to_json())))
    harmless = {"<br>", "<b>", "</b>", "<extra></extra>"}
    for string in strings:
        assert set(re.findall(r"<[^>]*>?", string)) <= harmless
        assert "$" not in string
        assert not set(string) & set(TURNING)


@kept
@pytest.mark.parametrize("form", Format)
def test_a_terminal_obeys_nothing_and_shows_one_line(
    text: str, form: Format, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    show(["name"], [{"name": text}], form)
    printed = capsysbinary.readouterr().out.decode()
    assert not {"\x1b", "\x07", "\x85"} & set(printed)
    if form is Format.TABLE:
        assert "\nforged" not in printed
        assert "\u202e" not in printed


@hostile
def test_markdown_shows_it_letter_by_letter_beside_others(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", notices.plain(text)).replace("\u2060", "")
    bare = "".join(c for c in " ".join(text.split()) if c not in TURNING)
    assert shown in {bare, f"\u2068{bare}\u2069"}
    assert not set(shown) & set("\u202d\u202e")


def test_a_name_from_right_to_left_leaves_its_neighbours() -> None:
    assert notices.plain("שלום") == "\u2068שלום\u2069"
    assert notices.plain("a\u2069\u202eb") == "ab"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
