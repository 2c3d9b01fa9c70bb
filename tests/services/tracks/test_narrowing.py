from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.found import Source
from ttt.services.tracks import narrowing
from ttt.services.tracks.narrowing import Filter
from ttt.services.tracks.rows import TrackRow, Value

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def row(title: str | None, *, tags: tuple[str, ...] = (), **values: float) -> TrackRow:
    known = {name: Value(number, Source.RECCOBEATS, NOW) for name, number in values.items()}
    return TrackRow(f"spotify:track:{title}", title, ("Ann",), tags=tags, values=known)


ROWS = [
    row("Dust", tempo=120, energy=0.3),
    row("sand", tempo=90, tags=("slow", "late")),
    row(None, tempo=90.5),
    replace(row("Stone", energy=0.9), added_at=NOW),
]


def titles(rows: object) -> list[str | None]:
    return [row.title for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ["Dust", "sand", None, "Stone"]),
        (Filter(texts={"Title": "S"}), ["Dust", "sand", "Stone"]),
        (Filter(texts={"Title": "s", "Tags": "LATE"}), ["sand"]),
        (Filter(texts={"Feel": "low energy"}), ["Dust"]),
        (Filter(spans={"Tempo": (90, 100)}), ["sand", None]),
        (Filter(spans={"Tempo": (90, 90)}), ["sand"]),
        (Filter(texts={"Artist": "ann"}, spans={"Energy": (0, 1)}), ["Dust", "Stone"]),
        (Filter(texts={"Title": "nothing like it"}), []),
        (Filter(texts={"Source": "r"}), ["Dust", "sand", None, "Stone"]),
        (Filter(texts={"Added": "2026-11-2"}), ["Stone"]),
    ],
)
def test_a_row_fits_when_every_filter_says_so(wanted: Filter, expected: list[str | None]) -> None:
    assert titles(wanted.among(ROWS)) == expected


@pytest.mark.parametrize("title", ["Jo\u0301ga", "J\u00f3ga", "JOGA", "\uff2aoga"])
@pytest.mark.parametrize("wanted", ["j\u00f3", "jo\u0301g", "joga", " OGA "])
def test_a_letter_is_the_same_however_it_is_written(title: str, wanted: str) -> None:
    assert titles(Filter(texts={"Title": wanted}).among([row(title), row("Dust")])) == [title]


def test_only_columns_that_say_something_can_be_filtered_by() -> None:
    assert narrowing.filled(ROWS) == [
        *("Title", "Artist", "Feel", "Tags", "Source", "Added"),
        *("Energy", "Tempo"),
    ]
    assert narrowing.filled([]) == []
    assert narrowing.extent(ROWS, "Tempo") == (90, 120)
    assert narrowing.extent(ROWS, "Year") is None


@pytest.mark.parametrize(
    ("name", "descending", "expected"),
    [
        ("Title", False, ["Dust", "sand", "Stone", None]),
        ("Title", True, ["Stone", "sand", "Dust", None]),
        ("Tempo", False, ["sand", None, "Dust", "Stone"]),
        ("Energy", True, ["Stone", "Dust", "sand", None]),
        ("Added", False, ["Stone", "Dust", "sand", None]),
        ("Year", False, ["Dust", "sand", None, "Stone"]),
    ],
)
def test_rows_are_ordered_and_those_that_say_nothing_come_last(
    name: str, descending: bool, expected: list[str | None]
) -> None:
    assert titles(narrowing.ordered(ROWS, name, descending=descending)) == expected


@given(st.permutations(ROWS), st.sampled_from(narrowing.COLUMNS), st.booleans())
def test_no_order_loses_a_row(rows: list[TrackRow], name: str, descending: bool) -> None:
    in_order = narrowing.ordered(rows, name, descending=descending)
    assert sorted(map(id, in_order)) == sorted(map(id, rows))
