"""Rows are found wherever they stand, in every format, and none is lost without being counted."""

import json
from collections.abc import Callable
from itertools import chain, permutations
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.history_files.given import END, TRACK, extended, file, told
from ttt.errors import HistoryRefused
from ttt.plays import ToldPlay, WhyRefused
from ttt.providers.history_files import Format
from ttt.providers.history_files.pieces import arrays

TITLES = [f"T{number}" for number in range(6)]
KOITO = {"aliases": [{"alias": "A", "is_primary": True}]}
FORMATS: dict[Format, Callable[[str, int], Any]] = {
    Format.SPOTIFY_EXTENDED: lambda title, time: extended(
        ts=f"2024-03-30T22:{(time - END) // 60:02}:00Z", master_metadata_track_name=title
    ),
    Format.SPOTIFY_ACCOUNT: lambda title, time: {
        "endTime": f"2024-03-30 22:{(time - END) // 60:02}",
        "artistName": "A",
        "trackName": title,
        "msPlayed": 200_000,
    },
    Format.SPOTIFY_RECENT: lambda title, time: {
        "track": {"id": TRACK, "name": title, "artists": [{"name": "A"}], "duration_ms": 200_000},
        "played_at": f"2024-03-30T22:{(time - END) // 60:02}:00.123Z",
        "context": None,
    },
    Format.LASTFM_JSON: lambda title, time: {
        "artist": {"mbid": "", "#text": "A"},
        "image": [{"size": "small", "#text": "x"}],
        "name": title,
        "date": {"uts": str(time), "#text": "x"},
    },
    Format.LASTFM_STATS_JSON: lambda title, time: {
        "track": title,
        "artist": "A",
        "album": "B",
        "date": 1000 * time,
    },
    Format.LISTENBRAINZ: lambda title, time: {
        "inserted_at": 1,
        "listened_at": time,
        "track_metadata": {"track_name": title, "artist_name": "A", "additional_info": {}},
    },
    Format.MALOJA: lambda title, time: {
        "time": time,
        "track": {"artists": ["A"], "title": title, "album": {"artists": ["A"], "albumtitle": "B"}},
        "duration": 200,
    },
    Format.KOITO: lambda title, time: {
        "listened_at": time,
        "track": {"mbid": None, "aliases": [{"alias": title, "is_primary": True}]},
        "album": KOITO,
        "artists": [KOITO],
    },
    Format.PANO_SCROBBLER: lambda title, time: {
        "timeMs": 1000 * time,
        "track": title,
        "artist": "A",
    },
    Format.YOUTUBE_MUSIC: lambda title, time: {
        "header": "YouTube Music",
        "title": f"Watched {title}",
        "subtitles": [{"name": "A - Topic", "url": "x"}],
        "time": f"2024-03-30T22:{(time - END) // 60:02}:00.123Z",
    },
}
"""A row of each format that is written as JSON, by its title and time."""


def rows_of(form: Format) -> list[str]:
    return [json.dumps(FORMATS[form](title, END + 300 * n)) for n, title in enumerate(TITLES)]


def listed(rows: list[str]) -> str:
    return f"[{', '.join(rows)}]"


def paged(key: str, rows: list[str], more: str = '"@attr": {"page": "1", "user": "x"}') -> str:
    return f'{{{more}, "{key}": {listed(rows)}}}'


SHAPES: dict[str, Callable[[list[str]], str]] = {
    "a list": listed,
    "lists of a year": lambda rows: f'{{"2023": {listed(rows[:2])}, "2024": {listed(rows[2:])}}}',
    "lists in lists": lambda rows: f"[{listed(rows[:2])}, {listed(rows[2:])}]",
    "lists in a list of rows": lambda rows: (
        f"[{rows[0]}, {listed(rows[1:4])}, {rows[4]}, [{rows[5]}]]"
    ),
    "two files in one": lambda rows: f"{listed(rows[:2])}\n{listed(rows[2:])}",
    "two files with a mark": lambda rows: f"\ufeff{listed(rows[:2])}\ufeff{listed(rows[2:])}",
    "two files with a line": lambda rows: f"{listed(rows[:2])}\n==> b <==\n{listed(rows[2:])}",
    "behind a closed object": lambda rows: paged("plays", rows),
    "behind a closed list": lambda rows: paged("plays", rows, '"tags": ["a", {"b": 1}], "n": []'),
    "pages in a list": lambda rows: f"[{paged('track', rows[:2])}, {paged('track', rows[2:])}]",
    "pages behind each other": lambda rows: f"{paged('a', rows[:2])}\n{paged('a', rows[2:])}",
    "pages of pages": lambda rows: f'[{{"p": {paged("a", rows[:2])}}}, {paged("b", rows[2:])}]',
    "the last alone": lambda rows: f'[{paged("track", rows[:5])}, {{"track": {rows[5]}}}]',
    "the first alone": lambda rows: f'[{{"track": {rows[0]}}}, {paged("track", rows[1:])}]',
    "each alone": lambda rows: listed([f'{{"track": {row}, "@attr": {{}}}}' for row in rows]),
    "each by a name": lambda rows: (
        "{" + ", ".join(f'"{n}": {row}' for n, row in enumerate(rows)) + "}"
    ),
    "a line each": "\n".join,
    "a page a line": lambda rows: f"{paged('a', rows[:2])}\n{paged('a', rows[2:])}\n",
    "two on a line": lambda rows: "\n".join([*rows[:2], rows[2] + rows[3], rows[4], rows[5]]),
    "lines without a beginning": lambda rows: ",\n".join(rows) + "\n]",
    "no end": lambda rows: f"[{', '.join(rows)}",
    "objects behind each other": lambda rows: "\n".join(
        json.dumps(json.loads(row), indent=2) for row in rows
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", FORMATS)
def test_rows_are_found_whatever_they_are_wrapped_in(form: Format, shape: str) -> None:
    found = told(file(SHAPES[shape](rows_of(form))))
    assert found.reading.format is form
    assert [play.title for play in found.plays] == TITLES
    assert not found.refused


@pytest.mark.parametrize("form", FORMATS)
def test_one_row_alone_is_a_history(form: Format) -> None:
    row = rows_of(form)[0]
    for content in (row, f"[{row}]", f'{{"a": {row}}}', f'[{{"a": {{"b": {row}}}}}]'):
        assert [play.title for play in told(file(content)).plays] == ["T0"]


@pytest.mark.parametrize("form", FORMATS)
def test_pages_are_read_wherever_a_piece_ends(
    form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "PIECE", 20_011)
    rows = rows_of(form)
    pages = [paged("track", rows), f'{{"track": {rows[0]}}}'] * 60
    assert [play.title for play in told(file(listed(pages))).plays] == [*TITLES, "T0"] * 60


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_no_row_is_counted_in_a_list_that_is_wrapped(form: Format) -> None:
    rows = ["null", "5", '{"a": {"b": []}}', *rows_of(form)]
    found = told(file(f'{{"user": {{"name": "x"}}, "listens": {listed(rows)}}}'))
    assert sorted(row.row for row in (*found.refused, *found.left_out)) == [1, 2, 3]
    assert [play.title for play in found.plays] == TITLES


MIXED: dict[str, Callable[[list[str], list[str]], str]] = {
    "a list each": lambda first, second: f"{listed(first)}\n{listed(second)}",
    "one list": lambda first, second: listed([*first, *second]),
    "in turns": lambda first, second: listed([*chain(*zip(first, second, strict=True))]),
    "a line each": lambda first, second: "\n".join([*first, *second]),
    "in pages": lambda first, second: f"{paged('track', first)}\n{paged('track', second)}",
}


@pytest.mark.parametrize("shape", MIXED)
@pytest.mark.parametrize(("first", "second"), [*permutations(FORMATS, 2)])
def test_rows_of_two_formats_are_each_read_by_their_own(
    first: Format, second: Format, shape: str
) -> None:
    found = told(file(MIXED[shape](rows_of(first), rows_of(second))))
    assert found.reading.format in {first, second}
    assert (found.refused, found.left_out) == ([], [])
    of = found.reading.format.source
    assert sorted((play.source or of, plainly(play)) for play in found.plays) == sorted(
        (form.source, plainly(play))
        for form in (first, second)
        for play in told(file(listed(rows_of(form)))).plays
    )


def plainly(play: ToldPlay) -> str:
    """All that was told of a play but its place and who told."""
    return repr(msgspec.structs.replace(play, row=0, source=0))


def test_what_one_format_lacks_is_not_looked_for_in_another() -> None:
    broken = '{"ts": null, "ms_played": 1, "track": "T", "artist": "A", "date": 1}'
    found = told(file(listed([*rows_of(Format.SPOTIFY_EXTENDED), broken])))
    assert [row.row for row in found.refused] == [7]
    assert len(found.plays) == 6


@pytest.mark.parametrize("form", FORMATS)
@given(
    place=st.floats(0.005, 0.995),
    byte=st.sampled_from(list(b'[]{}",:\\x\n\x00\xff')),
    instead=st.booleans(),
    shape=st.sampled_from(["a list", "pages in a list", "a line each", "behind a closed object"]),
)
@trying(max_examples=40)
def test_a_byte_that_is_wrong_costs_two_rows_and_each_is_counted(
    form: Format, place: float, byte: int, instead: bool, shape: str
) -> None:
    whole = SHAPES[shape](rows_of(form)).encode()
    at = int(place * len(whole))
    try:
        found = told(file(whole[:at] + bytes([byte]) + whole[at + instead :]))
    except HistoryRefused:
        return
    if found.reading.format is form:
        assert found.rows >= len(TITLES) - 1
        assert len(found.plays) >= len(TITLES) - 2


def test_objects_that_are_no_rows_are_not_gone_through_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arrays, "_OBJECTS_TRIED", 1000)
    nothing = listed(['{"a": 1}'] * 200_000)
    found = told(file(f"{listed(rows_of(Format.SPOTIFY_EXTENDED))}{nothing}"))
    assert [play.title for play in found.plays] == TITLES
    assert [row.reason for row in found.refused] == [WhyRefused.UNREADABLE]


def test_a_thing_alone_is_a_list_of_it() -> None:
    track, artist = {"aliases": {"alias": "T"}}, {"aliases": {"alias": "A"}}
    koito = {"listens": [{"listened_at": END, "track": track, "artists": artist}]}
    watched = FORMATS[Format.YOUTUBE_MUSIC]("T", END) | {"subtitles": {"name": "A - Topic"}}
    for content in (koito, [watched]):
        assert [(one.title, one.artists) for one in told(file(content)).plays] == [("T", ("A",))]


def test_a_list_of_one_is_the_thing_in_it() -> None:
    row = FORMATS[Format.LISTENBRAINZ]("T", END)
    row["track_metadata"]["artist_name"] = ["A"]
    assert [one.artists for one in told(file([row | {"listened_at": [END]}])).plays] == [("A",)]


def test_an_artist_may_begin_as_a_comment_does() -> None:
    log = f"#AUDIOSCROBBLER/1.1\n#TZ/UTC\n#CLIENT/x\t1\n#1 Dads\tB\tT\t1\t200\tL\t{END}\n"
    assert [one.artists for one in told(file(log)).plays] == [("#1 Dads",)]


def test_a_row_may_be_named_as_a_header_is() -> None:
    table = "Artist,Album,Track,Date\nArtist,Album,Track,30 Mar 2024 22:00\n"
    assert [one.title for one in told(file(table)).plays] == ["Track"]
