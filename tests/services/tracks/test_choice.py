from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.found import Source
from ttt.music import Measure
from ttt.services.tracks import choice
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.marking import Box, Marked
from ttt.services.tracks.narrowing import NUMBERS, TEXTS, Filter
from ttt.services.tracks.rows import TrackRow, Value

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ALL = Choice(
    ("drum & bass", "singer, songwriter"),
    Filter({"Title": "50 %: a, b"}, {"Tempo": (90.0, 121.5), "Year": (1999.0, 2004.0)}),
    Marked(
        Box((0.123, 0.5), (0.0, 1.0)),
        ("8A", "12B"),
        {Measure.ENERGY: [(0.1, 0.2), (0.9, 1.0)], Measure.TEMPO: [(120.0, 130.0)]},
    ),
)


def row(uri: str, genre: str, **values: float) -> TrackRow:
    known = {name: Value(number, Source.RECCOBEATS, NOW) for name, number in values.items()}
    return TrackRow(uri, uri, genres=(genre,), values=known)


def test_a_choice_comes_back_from_the_address_as_it_was() -> None:
    assert choice.read(choice.written(ALL)) == ALL


@given(
    st.lists(st.text(min_size=1), max_size=3),
    st.dictionaries(st.sampled_from(list(TEXTS)), st.text(min_size=1)),
)
def test_whatever_is_typed_comes_back(genres: list[str], texts: dict[str, str]) -> None:
    wanted = Choice(tuple(genres), Filter(texts))
    assert choice.read(choice.written(wanted)) == wanted


def test_nothing_chosen_leaves_the_address_empty() -> None:
    assert choice.written(Choice()) == {}
    assert not choice.read({})


@pytest.mark.parametrize(
    "address",
    [
        {"map": "0.1..0.2"},
        {"map": "0.3..0.1,0..1"},
        {"map": "here"},
        {"bar": "loudness:1..2"},
        {"bar": "tempo"},
        {"filter": "Password:x"},
        {"filter": "Tempo:fast..faster"},
        {"genre": ","},
    ],
)
def test_what_nobody_could_have_chosen_is_left_out(address: dict[str, str]) -> None:
    assert not choice.read(address)


@given(st.dictionaries(st.sampled_from(choice.NAMES), st.text()))
def test_no_address_is_an_error(address: dict[str, str]) -> None:
    choice.read(address).among([row("a", "pop", tempo=120)])


def test_charts_keep_what_only_marks_leave_out() -> None:
    rows = [row("a", "pop", tempo=120), row("b", "pop", tempo=99), row("c", "rock", tempo=120)]
    wanted = Choice(("pop",), marked=Marked(spans={Measure.TEMPO: [(120, 130)]}))
    assert [r.uri for r in wanted.narrowed(rows)] == ["a", "b"]
    assert [r.uri for r in wanted.among(rows)] == ["a"]


def test_every_chip_takes_one_thing_away_and_all_of_them_everything() -> None:
    left, words = ALL, []
    while left:
        chip = left.chips()[0]
        words.append(chip.words)
        left = chip.without
    assert words == [
        "drum & bass",
        "singer, songwriter",
        "Title: 50 %: a, b",
        "Tempo 90 to 121.5",
        "Year 1999 to 2004",
        "Part of the map",
        "8A",
        "12B",
        "Energy 0.1 to 0.2 and 0.9 to 1",
        "Tempo 120 to 130",
    ]


def test_columns_that_filter_are_those_of_lists() -> None:
    assert {"Title", "Tempo"} <= {*TEXTS, *NUMBERS}


def test_a_span_may_be_one_number_and_never_ends_before_it_begins() -> None:
    assert choice.read({"filter": "Year:1999..1999"}).filter.spans == {"Year": (1999, 1999)}
    assert not choice.read({"filter": "Year:2000..1999", "bar": "energy:0.2..0.1"})
