"""Histories that another program, or somebody by hand, saved again: nothing of them is lost."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.providers.history_files.given import END, Content, Row, Told, extended, file, told
from ttt.plays import WhyRefused
from ttt.providers.history_files import Format
from ttt.providers.history_files.pieces import letters

TITLES = ["Ä", "Paper “Lanterns”", "歌"]
ROWS = [
    extended(ts=f"2024-03-30T22:0{n}:00Z", master_metadata_track_name=TITLES[n]) for n in range(3)
]


def text(value: object, **how: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **how)


def titles(content: Content) -> list[str]:
    found = told(file(content))
    assert found.reading.format is Format.SPOTIFY_EXTENDED
    assert not found.refused
    return [play.title for play in found.plays]


ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_json_is_read_in_every_encoding_of_unicode(encoding: str, indent: int | None) -> None:
    assert titles(text(ROWS, indent=indent).replace("\n", "\r\n").encode(encoding)) == TITLES


def test_a_long_file_in_utf16_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ttt.providers.history_files.pieces.containers.PIECE", 1001)
    monkeypatch.setattr("ttt.providers.history_files.pieces.arrays.PIECE", 1001)
    assert titles(text(ROWS * 40).encode("utf-16")) == TITLES * 40


SHAPES: list[Callable[[list[str]], str]] = [
    lambda rows: f"[{','.join(rows)},]",
    lambda rows: f"[{','.join(rows)}",
    lambda rows: f"{','.join(rows)}]",
    "\n".join,
    ",\r\n".join,
    lambda rows: "[\n" + ",\n".join(rows) + "\n]\n",
    lambda rows: f'{{"data": [{",".join(rows)}]}}',
    lambda rows: f'{{"user": "x", "rows": 3, "plays": [{",".join(rows)}]}}',
    lambda rows: f'{{"payload": {{"count": 3, "listens": [{",".join(rows)}]}}}}',
    lambda rows: f"[[{rows[0]}], [{rows[1]}, {rows[2]}]]",
    lambda rows: f"[{rows[0]}]\n[{rows[1]},{rows[2]}]",
    lambda rows: f"[{rows[0]}][]\n{rows[1]}\n{rows[2]}",
    lambda rows: "\n".join(json.dumps(json.loads(row), indent=2) for row in rows),
]


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_are_found_however_they_are_put_together(shape: Callable[[list[str]], str]) -> None:
    assert titles(shape([text(row) for row in ROWS])) == TITLES


def other_case(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {change(key): other_case(one, change) for key, one in value.items()}
    return [other_case(one, change) for one in value] if isinstance(value, list) else value


NAMES = {"track": "T", "artist": "A", "album": "B", "date": 1000 * END}
SERVERS: list[Content] = [
    ROWS,
    [{"endTime": "2024-03-30 22:00", "artistName": "A", "trackName": "T", "msPlayed": 1}],
    {"username": "x", "scrobbles": [NAMES]},
    {"scrobbles": [{"time": END, "track": {"artists": ["A"], "title": "T"}, "duration": 1}]},
    [{"listened_at": END, "track_metadata": {"track_name": "T", "artist_name": "A"}}],
    [{"track": [{"artist": {"#text": "A"}, "name": "T", "date": {"uts": str(END)}}]}],
    [{"timeMs": 1000 * END, "track": "T", "artist": "A"}],
]


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
@pytest.mark.parametrize("content", SERVERS)
def test_keys_may_be_in_another_letter_case(content: Any, change: Callable[[str], str]) -> None:
    expected = told(file(content))
    found = told(file(other_case(content, change)))
    assert found.plays == expected.plays
    assert expected.plays
    assert not found.refused


@pytest.mark.parametrize("content", SERVERS)
def test_a_file_that_holds_two_of_them_is_read_to_its_end(content: Any) -> None:
    once = told(file(content)).plays
    assert len(told(file(f"{text(content)}\n{text(content)}")).plays) == 2 * len(once)


def test_no_title_is_taken_for_a_key() -> None:
    title = '\\"TS\\": "ts" : TS'
    row = extended(master_metadata_track_name=title)
    upper = {key.upper(): value for key, value in row.items()}
    assert [play.title for play in told(file([upper])).plays] == [title]


def test_keys_are_found_wherever_a_piece_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text([other_case(row, str.upper) for row in ROWS]).encode()
    for size in range(1, 200, 7):
        stream = letters.in_usual_case(whole[:size], file(whole[size:]).stream, {"ts", "shuffle"})
        read = b"".join(iter(lambda s=stream: s.read(50), b""))
        if b'"TS"' in whole[:size]:
            assert (
                re.findall(rb'"(?:ts|shuffle)"', read, re.IGNORECASE) == [b'"ts"', b'"shuffle"'] * 3
            )


TIMES = {
    "2024-03-30T22:00Z": END,
    " 2024-03-30T22:00:00Z ": END,
    "2024-03-30 22:00:00": END,
    "2024-03-30T23:00:00+01:00": END,
    END: END,
    1000 * END: END,
    str(1000 * END): END,
}


@pytest.mark.parametrize("written", TIMES)
def test_a_time_may_be_written_otherwise(written: str | int) -> None:
    assert [play.told_at for play in told(file([extended(ts=written)])).plays] == [TIMES[written]]


@pytest.mark.parametrize("written", ["2024-03-30", "22:00", "30.03.2024 22:00", "", None, [], True])
def test_a_time_that_is_no_moment_costs_its_row(written: object) -> None:
    found = told(file([extended(ts=written), extended()]))
    assert [row.reason for row in found.refused] == [WhyRefused.BAD_TIME]
    assert len(found.plays) == 1


def test_a_time_that_a_spreadsheet_rounded_is_no_time() -> None:
    rounded = ["1.71184E+12", "1,71184e+12", "1.711836E+09", "1.7E12"]
    rows = "".join(f'{n},T,A,"{time}"\n' for n, time in enumerate(rounded))
    found = told(file(f"n,title,artist,played at\n{rows}5,T,A,{END}\n"))
    assert [row.reason for row in found.refused] == [WhyRefused.BAD_TIME] * 4
    assert [play.told_at for play in found.plays] == [END]


def test_a_time_with_an_exponent_that_has_all_its_digits_is_one() -> None:
    exact = [f"{END / 10**9:.9f}E+09", f"{END / 10**9:.9f}e12", f"{END}e0"]
    rows = "".join(f"{time},T,A\n" for time in exact)
    found = told(file(f"played at,title,artist\n{rows}"))
    assert [play.told_at for play in found.plays] == [END] * 3


PLAIN = 'A,B,"T, 1",30 Mar 2024 21:56\nA,B,T2,30 Mar 2024 21:58\n'
GHAN = "uts,utc_time,artist,album,track\n1711835760,x,A,B,T1\n1711835880,x,A,B,T2\n"
STATS = "Artist;Album;AlbumId;Track;Date#me\nA;B;;T1;1711835760000\nA;B;;T2;1711835880000\n"
TABLES = [PLAIN, GHAN, STATS]


def of_table(content: Content) -> Told:
    found = told(file(content))
    assert [play.told_at for play in found.plays] == [END - 240, END - 120]
    return found


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("end", ["\r", "\r\n", "\n\n"])
def test_lines_of_a_table_may_end_in_any_way(table: str, end: str) -> None:
    assert not of_table(table.replace("\n", end)).refused


@pytest.mark.parametrize("table", [GHAN, STATS])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_known_table_may_have_another_delimiter(table: str, delimiter: str) -> None:
    usual = ";" if table is STATS else ","
    assert not of_table(table.replace(usual, delimiter)).refused


def test_a_table_without_header_may_have_another_delimiter() -> None:
    assert not of_table(PLAIN.replace(",", ";")).refused


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("before", ["\n\n", "sep={}\n", "sep={}\r\n", "\ufeffsep={}\n"])
def test_what_stands_before_a_table_is_passed_over(table: str, before: str) -> None:
    hint = before.format(";" if table is STATS else ",")
    assert not of_table(hint + table).refused


def test_a_stray_quotation_mark_costs_its_own_line() -> None:
    table = 'A,B,T0,30 Mar 2024 21:50\n"A,B,T1,30 Mar 2024 21:52\n' + PLAIN
    found = told(file(table))
    assert [play.title for play in found.plays] == ["T0", "T, 1", "T2"]
    assert [row.reason for row in found.refused] == [WhyRefused.UNREADABLE]


@pytest.mark.parametrize("written", ["Mar 30, 2024 10:00 PM", "Mar 30, 2024, 10:00:00 PM"])
def test_own_tables_may_name_the_month_first(written: str) -> None:
    found = told(file(f'time,title,artist\n"{written}",T,A\n'), zone="UTC")
    assert [play.told_at for play in found.plays] == [END]


@pytest.mark.parametrize("written", ["GMT", "UTC", "+0000"])
def test_own_tables_may_have_times_as_in_mail(written: str) -> None:
    found = told(file(f'time,title,artist\n"Sat, 30 Mar 2024 22:00:00 {written}",T,A\n'))
    assert [play.told_at for play in found.plays] == [END]


def test_a_row_is_a_row_in_any_shape() -> None:
    rows: list[Row | None] = [*ROWS, None]
    found = told(file(f"{text(rows)}{text(rows)}"))
    assert [row.row for row in found.refused] == [4, 8]
    assert len(found.plays) == 6
