import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import play
from ttt.found import Source
from ttt.services.tracks import provenance
from ttt.services.tracks.rows import Direction, Movement, TrackRow, Value
from ttt.ui.frame import browser
from ttt.ui.tracks import table

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BARE = TrackRow("spotify:track:1", "Dust")
NUMBERS = {"popularity": 71.0, "energy": 0.62, "valence": 0.15, "tempo": 123.6, "key": 6, "mode": 0}
FULL = TrackRow(
    "spotify:track:2",
    "Sand",
    artists=("Ada", "Zoe"),
    album="Desert",
    release_year=2017,
    cover_url="https://i.scdn.co/image/1",
    genres=("rock", "folk"),
    values={name: Value(number, Source.CATALOGUE, NOON) for name, number in NUMBERS.items()},
    rank=7,
    movement=Movement(Direction.UP, 3),
    added_at=NOON,
    added_by="Bob",
)
ALWAYS = ["Cover", "Title", "Spotify"]


def shown(rows: Sequence[TrackRow]) -> tuple[AppTest, list[list[str]]]:
    """The table of rows, as a page shows it, and what is selected after each run."""
    selected: list[list[str]] = []
    return play(lambda: selected.append(table.show(rows, "table"))), selected


def frame(rows: Sequence[TrackRow]) -> pd.DataFrame:
    return shown(rows)[0].dataframe[0].value


def columns(rows: Sequence[TrackRow]) -> dict[str, Any]:
    """How Streamlit is told to show each column."""
    settings: dict[str, Any] = json.loads(shown(rows)[0].dataframe[0].proto.columns)
    return settings


def test_a_row_shows_all_that_is_known() -> None:
    cells = frame([FULL]).iloc[0].to_dict()
    added = cells.pop("Added")
    assert added == pd.Timestamp(NOON)
    assert cells.pop("Source") == provenance.mark(FULL)
    assert cells == {
        "#": 7,
        "Move": "▲ 3",
        "Cover": "https://i.scdn.co/image/1",
        "Title": "Sand",
        "Artist": "Ada, Zoe",
        "Album": "Desert",
        "Year": 2017,
        "Popularity": 71.0,
        "Energy": 0.62,
        "Feel": "Upbeat",
        "Valence": 0.15,
        "Mood": "Depressed",
        "Tempo": 123.6,
        "Key": "F♯ minor",
        "Camelot": "11A",
        "Genres": "rock, folk",
        "Added by": "Bob",
        "Spotify": "https://open.spotify.com/track/2",
    }


def test_a_column_without_any_value_is_left_out() -> None:
    assert list(frame([BARE])) == ALWAYS


def test_what_one_row_lacks_is_missing_and_never_zero() -> None:
    cells = frame([BARE, FULL]).iloc[0]
    assert {name for name, cell in cells.items() if pd.notna(cell)} == set(ALWAYS)


def test_who_added_a_track_stands_beside_the_artist() -> None:
    names = list(frame([FULL]))
    assert names[names.index("Artist") + 1] == "Added by"


def test_a_track_that_nobody_described_is_marked() -> None:
    (title,) = frame([TrackRow("spotify:track:3", None)])["Title"]
    assert title == "Not described yet: spotify:track:3"


@pytest.mark.parametrize(
    ("movement", "text"),
    [
        (Movement(Direction.UP, 12), "▲ 12"),
        (Movement(Direction.DOWN, 1), "▼ 1"),
        (Movement(Direction.NEW), "new"),
        (Movement(Direction.SAME), "="),
    ],
)
def test_a_movement_is_more_than_a_colour(movement: Movement, text: str) -> None:
    row = TrackRow("spotify:track:4", "Dune", movement=movement)
    assert list(frame([row])["Move"]) == [text]


def test_times_are_those_of_the_persons_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "zone", lambda: ZoneInfo("Asia/Tokyo"))
    (added,) = frame([FULL])["Added"]
    assert added.hour == 21


def test_each_measure_has_a_bar_of_its_own_colour_and_scale() -> None:
    settings = columns([FULL])
    bars = {
        name: (bar["type_config"]["color"], bar["type_config"]["max_value"])
        for name, bar in settings.items()
        if bar.get("type_config", {}).get("type") == "progress"
    }
    assert bars == {"Popularity": ("yellow", 100), "Energy": ("orange", 1), "Valence": ("green", 1)}


def test_the_head_of_a_column_names_the_sources_of_its_values() -> None:
    settings = columns([FULL])
    for name in ("Source", "Popularity", "Energy", "Valence", "Tempo", "Key"):
        assert "catalogue" in settings[name]["help"]


def test_every_column_has_a_width_so_that_the_first_ones_fit() -> None:
    settings = columns([FULL])
    assert {name for name in frame([FULL]) if "width" not in settings[name]} == set()


def test_nothing_is_selected_at_first() -> None:
    _, selected = shown([BARE, FULL])
    assert selected == [[]]


def test_selected_rows_are_named_by_their_uris() -> None:
    app, selected = shown([BARE, FULL])
    selection = {"rows": [1], "columns": [], "cells": []}
    app.session_state[app.dataframe[0].key] = {"selection": selection}
    app.run()
    assert selected[-1] == [FULL.uri]


def test_a_selection_of_other_rows_does_not_hold_for_these() -> None:
    keys = {shown(rows)[0].dataframe[0].key for rows in ([BARE, FULL], [FULL, BARE], [FULL])}
    assert len(keys) == 3
