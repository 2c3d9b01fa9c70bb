"""Tracks of equal names are one recording when their lengths are close, to the millisecond."""

import numpy as np
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


def test_one_id_at_musicbrainz_is_one_recording_whatever_the_names_say() -> None:
    names = [named(1, 100_000)._replace(mbid="m"), named(2, 300_000, "A", "Other")]
    names += [named(3, 500_000, "A", "Third")._replace(mbid="m"), named(4, 900_000)]
    assert recordings.join(names, {}) == {1: 1, 2: 1, 3: 1, 4: 4}
    assert recordings.join(names, {3: 3}) == {1: 1, 2: 2, 3: 3, 4: 4}


@pytest.mark.parametrize(("titles", "one"), [(4, True), (5, False)])
def test_what_comes_with_five_titles_is_no_id_of_a_recording(titles: int, one: bool) -> None:
    names = [named(n, None, title=f"Song {n % titles}")._replace(mbid="m") for n in range(1, 10)]
    found = recordings.join(names, {})
    assert len(set(found.values())) == (1 if one else 5)
    ids = np.array([name.track_id for name in names])
    together = recordings.by_stretch(names, {}, ids, np.zeros(9, np.int64))
    assert together.tolist() == list(found.values())
    # In a stretch of its own with one other it is that recording, whatever else there is.
    assert recordings.by_stretch(names, {}, ids[:2], np.array([0, 0])).tolist() == [1, 1]


def test_what_somebody_decided_goes_before_what_looks_equal() -> None:
    names = [named(1, 200_000), named(2, 200_000), named(3, 1)]
    assert recordings.join(names, {2: 2}) == {1: 1, 2: 2, 3: 3}
    assert recordings.join(names, {3: 1}) == {1: 1, 2: 1, 3: 1}


def test_an_artist_of_several_names_is_compared_by_the_first() -> None:
    one = Names(1, "Song", "Band feat. Guest", None, 200_000)
    assert recordings.join([one, named(2, 200_000)], {}) == {1: 1, 2: 1}
    other = Names(3, "Song", "Other & Band", None, 200_000)
    assert recordings.join([other, named(4, 200_000)], {}) == {3: 3, 4: 4}


def test_what_has_no_name_is_no_recording_of_another() -> None:
    names = [Names(n, None, "Band", None, 200_000) for n in (1, 2)]
    names += [Names(n, "Song", None, None, 200_000) for n in (3, 4)]
    assert recordings.join(names, {}) == {1: 1, 2: 2, 3: 3, 4: 4}


def test_without_any_length_all_of_a_name_are_one() -> None:
    assert recordings.join([named(n, None) for n in (3, 1, 2)], {}) == {1: 1, 2: 1, 3: 1}


def test_in_each_stretch_the_tracks_of_that_stretch_alone_make_a_recording() -> None:
    # The first and the last are of one recording through the middle one only.
    names = [named(1, 200_000), named(2, 203_000), named(3, 206_000), named(9, 200_000, title="X")]
    track = np.array([1, 3, 9, 1, 2, 3])
    stretch = np.array([0, 0, 0, 1, 1, 1])
    found = recordings.by_stretch(names, {}, track, stretch)
    assert found.tolist() == [1, 3, 9, 1, 1, 1]
    decided = recordings.by_stretch(names, {3: 1}, track, stretch)
    assert decided.tolist() == [1, 1, 9, 1, 1, 1]
    assert recordings.by_stretch(names, {1: 1}, track, stretch).tolist() == [1, 3, 9, 1, 2, 2]


def test_what_was_decided_holds_through_a_track_that_is_in_no_row() -> None:
    names = [named(1, 100_000), named(2, 200_000), named(3, 300_000)]
    track, stretch = np.array([1, 3]), np.array([0, 0])
    assert recordings.by_stretch(names, {1: 2, 3: 2}, track, stretch).tolist() == [1, 1]
    assert recordings.by_stretch(names, {3: 2}, track, stretch).tolist() == [1, 3]


def stretches(*tracks: Names, decided: dict[int, int] | None = None) -> list[int]:
    """The recordings of these tracks, each played once in one stretch of time."""
    ids = np.array([one.track_id for one in tracks])
    found = recordings.by_stretch(tracks, decided or {}, ids, np.zeros(len(ids), np.int64))
    return found.tolist()


@pytest.mark.parametrize("made_by", ["Various Artists", "VARIOUS ARTISTS", "Verschiedene Künstler"])
def test_a_track_of_a_collection_can_be_the_only_other_of_its_title(made_by: str) -> None:
    of_collection = Names(1, "Song - Remastered", made_by, None, None)
    assert stretches(of_collection, named(2, 200_000)) == [1, 1]
    assert stretches(named(2, 200_000), Names(3, "Other", made_by, None, None)) == [2, 3]
    two = named(2, 200_000), named(3, 900_000)
    assert stretches(of_collection, *two) == [1, 2, 3]
    assert stretches(of_collection, named(2, None), decided={1: 1}) == [1, 2]


def test_charts_never_take_a_collection_for_somebody() -> None:
    names = [Names(1, "Song", "Various Artists", None, None), named(2, None)]
    assert recordings.join(names, {}) == {1: 1, 2: 2}
