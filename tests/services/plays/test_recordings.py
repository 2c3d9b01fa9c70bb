"""Tracks of equal names are one recording when their lengths are close, to the millisecond."""

import pytest

from ttt.services.plays import recordings
from ttt.store.plays.judged import Names


def named(track_id: int, ms: int | None, isrc: str | None = None, title: str = "Song") -> Names:
    return Names(track_id, title, "Band", isrc, ms)


@pytest.mark.parametrize(("apart", "same"), [(0, True), (3_000, True), (3_001, False)])
def test_three_seconds_are_close(apart: int, same: bool) -> None:
    found = recordings.join([named(1, 200_000), named(2, 200_000 + apart)], {})
    assert found == {1: 1, 2: 1 if same else 2}


def test_a_chain_of_close_lengths_is_one_recording() -> None:
    names = [named(3, 206_000), named(1, 200_000), named(2, 203_000)]
    assert set(recordings.join(names, {}).values()) == {1}


def test_one_without_a_length_joins_the_shortest_and_no_other() -> None:
    names = [named(1, 300_000), named(2, 200_000), named(3, None)]
    assert recordings.join(names, {}) == {1: 1, 2: 2, 3: 2}


def test_one_isrc_is_one_recording_whatever_the_names_say() -> None:
    names = [named(1, 100_000, "A"), named(2, 300_000, "A", "Other"), named(3, 900_000, "B")]
    assert recordings.join(names, {}) == {1: 1, 2: 1, 3: 3}


def test_what_somebody_decided_goes_before_what_looks_equal() -> None:
    names = [named(1, 200_000), named(2, 200_000), named(3, 1)]
    assert recordings.join(names, {2: 2}) == {1: 1, 2: 2, 3: 3}
    assert recordings.join(names, {3: 1}) == {1: 1, 2: 1, 3: 1}
