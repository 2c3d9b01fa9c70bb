"""Histories that a program turned, joined or typeset: their rows are read as before."""

import json
from typing import Any

import pytest

from tests.providers.history_files.given import END, Content, extended, file, told, zipped
from ttt.providers import history_files
from ttt.providers.history_files import Format
from ttt.providers.history_files.formats import times
from ttt.providers.history_files.pieces import columned

HOUR = 3600


def names(content: Content) -> list[tuple[str, tuple[str, ...], int]]:
    found = told(file(content), zone="UTC")
    assert (found.refused, found.left_out) == ([], [])
    return [(play.title, play.artists, play.told_at) for play in found.plays]


BOTH = [("One", ("A",), END), ("Two", ("B",), END + HOUR)]


@pytest.mark.parametrize(
    "second",
    [
        "Artist,Title,Time\nB,Two,2024-03-30 23:00:00Z\n",
        "Title,Artist,Album,Time\nTwo,B,Tides,2024-03-30 23:00:00Z\n",
        "Titel,Interpret,Zeit\nTwo,B,2024-03-30 23:00:00Z\n",
    ],
)
def test_a_second_header_names_the_columns_below_it(second: str) -> None:
    assert names(f"Time,Title,Artist\n2024-03-30 22:00:00Z,One,A\n{second}") == BOTH


def test_rows_are_numbered_on_behind_a_second_header() -> None:
    table = "Time,Title,Artist\n2024-03-30 22:00:00Z,One,A\nArtist,Title,Time\nB,Two,soon\n"
    (refused,) = told(file(table), zone="UTC").refused
    assert refused.row == 2


@pytest.mark.parametrize(
    ("table", "title"),
    [
        ("Time,Title,Artist\n“2024-03-30 22:00:00Z”,“One, two”,“A”\n", "One, two"),
        ('="Time",="Title",="Artist"\n="2024-03-30 22:00:00Z",="One, two",="A"\n', "One, two"),
        ("Time;Title;Artist\n2024-03-30 22:00:00Z;Rock &amp; Roll;A\n", "Rock & Roll"),
        ("Time,Title,Artist\n2024-03-30 22:00:00Z,“Heroes”,A\n", "“Heroes”"),
        ("Time;Title;Artist\n2024-03-30 22:00:00Z;R&amp;B;A", "R&B"),
    ],
)
def test_wrapped_cells_hold_what_is_in_them(table: str, title: str) -> None:
    assert names(table) == [(title, ("A",), END)]


ROWS: list[dict[str, Any]] = [
    {"ts": "2024-03-30T22:00:00Z", "title": "One", "artist": "A"},
    {"ts": "2024-03-30T23:00:00Z", "title": "Two", "artist": "B"},
]
BY_PLACE = {name: {str(at): row[name] for at, row in enumerate(ROWS)} for name in ROWS[0]}
AS_LISTS = {name: [row[name] for row in ROWS] for name in ROWS[0]}
SPLIT = {"columns": [*ROWS[0]], "index": [0, 1], "data": [[*row.values()] for row in ROWS]}


@pytest.mark.parametrize("turned", [BY_PLACE, AS_LISTS, SPLIT])
def test_columns_are_rows(turned: dict[str, Any]) -> None:
    assert names(turned) == BOTH
    assert names("\ufeff" + json.dumps(turned, indent=1)) == BOTH
    packed = told(zipped({"plays.json": turned}))
    assert [play.title for play in packed.plays] == ["One", "Two"]


def test_spotifys_history_by_columns_is_spotifys() -> None:
    rows = [extended(), extended(ts="2024-03-30T23:00:00Z")]
    turned = {name: {str(at): row[name] for at, row in enumerate(rows)} for name in rows[0]}
    found = told(file(turned))
    assert found.reading.format is Format.SPOTIFY_EXTENDED
    assert [play.told_at for play in found.plays] == [END, END + HOUR]


@pytest.mark.parametrize(
    "other",
    [
        {"ts": {"0": 1}, "title": {"1": "One"}},
        {"names": ["a", "b"], "tracks": [{"title": "One"}]},
        {"ts": [1, 2]},
        {"ts": [1, 2], "title": ["One"]},
        {"ts": {"0": 1}, "title": "One"},
    ],
)
def test_what_has_no_columns_is_left_as_it_is(other: dict[str, Any]) -> None:
    assert columned.as_rows(json.dumps(other).encode()) is None


@pytest.mark.parametrize("data", [b'{"ts": {"0": 1', b'{"a": ' + b"[" * 100_000, b"\xff"])
def test_what_is_damaged_is_left_as_it_is(data: bytes) -> None:
    assert columned.as_rows(data) is None


@pytest.mark.parametrize(
    "turned",
    [
        {"columns": ["x" * 5_000], "data": [[1]] * 50_000},
        {"a": [1] * 200_000, "b": [1] * 200_000},
        {f"column {number}": [1] for number in range(300)},
    ],
)
def test_columns_that_would_be_far_more_as_rows_are_left_as_they_are(turned: Any) -> None:
    assert columned.as_rows(json.dumps(turned).encode()) is None


def test_more_columns_than_are_read_at_once_are_no_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columned, "MOST", 100)
    assert history_files.what_is(file(BY_PLACE)) is None


def test_quotation_marks_of_a_word_processor_are_those_of_json() -> None:
    rows = json.dumps([extended(), extended(ts="2024-03-30T23:00:00Z")])
    signs = iter("“”" * rows.count('"'))
    typeset = "".join(next(signs) if letter == '"' else letter for letter in rows)
    found = told(file(typeset))
    assert [play.told_at for play in found.plays] == [END, END + HOUR]
    assert found.refused == []


@pytest.mark.parametrize("text", ["yesterday", "not a date", "", "—"])
def test_what_has_no_digit_is_no_time(text: str) -> None:
    assert times.when(text) == (None, 0)
