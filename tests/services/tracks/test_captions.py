"""What is known under a chart: possible numbers only, how many they are and whose."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from ttt.chartdata import Caption
from ttt.found import Reach, Source
from ttt.music import Measure
from ttt.services.tracks import captions
from ttt.services.tracks.rows import TrackRow, Value


def row(measure: str, number: float, source: Source = Source.DEEZER) -> TrackRow:
    value = Value(number, source, datetime(2026, 11, 3, tzinfo=UTC))
    return TrackRow("spotify:track:1", "Song", values={measure: value})


@pytest.mark.parametrize(
    ("measure", "least", "most", "beyond"),
    [
        (Measure.POPULARITY, 0, 100, (-1, 101)),
        (Measure.ENERGY, 0, 1, (-0.1, 1.1)),
        (Measure.VALENCE, 0, 1, (-0.1, 1.1)),
        (Measure.TEMPO, 20, 300, (0, 19, 301)),
        (Reach.DEEZER_RANK, 1, 1e6, (0, 1e6 + 1)),
        (Reach.LASTFM_LISTENERS, 1, 1e12, (0, 2e12)),
        (Reach.LASTFM_PLAYCOUNT, 1, 1e12, (0, 2e12)),
    ],
)
def test_a_number_that_cannot_be_is_not_known(
    measure: str, least: float, most: float, beyond: tuple[float, ...]
) -> None:
    for possible in (least, most):
        assert captions.number(row(measure, possible), measure) == possible
    for impossible in (*beyond, float("nan")):
        assert captions.number(row(measure, impossible), measure) is None


@pytest.mark.parametrize(
    ("known", "total", "said"),
    [
        (0, 0, "No tracks yet"),
        (0, 1, "0 of 1 track has a key"),
        (1, 1, "1 of 1 track has a key"),
        (1, 50, "1 of 50 tracks has a key"),
        (0, 50, "0 of 50 tracks have a key"),
        (41, 50, "41 of 50 tracks have a key"),
    ],
)
def test_coverage_is_said_in_plain_english(known: int, total: int, said: str) -> None:
    assert captions.coverage(known, total, "a key") == said


@pytest.mark.parametrize(
    ("used", "said"),
    [
        ({}, ""),
        ({Source.DEEZER: 3}, "source: Deezer"),
        ({Source.DEEZER: 3, Source.RECCOBEATS: 5}, "sources: ReccoBeats (5) and Deezer (3)"),
        ({None: 2, Source.DEEZER: 3}, "source: Deezer"),
    ],
)
def test_sources_are_named_with_their_tracks_where_there_are_several(
    used: dict[Source | None, int], said: str
) -> None:
    assert captions.named(Counter(used)) == said


def test_three_sources_are_a_list_and_a_track_counts_once_for_each() -> None:
    given = (Source.DEEZER, Source.RECCOBEATS, Source.CATALOGUE, Source.DEEZER)
    rows = [row(Measure.TEMPO, 120, source) for source in given]
    said = captions.sources(rows, [Measure.TEMPO, Measure.ENERGY])
    assert said.startswith("sources: ReccoBeats (1), Deezer (2) and ")


def test_thousands_are_told_apart() -> None:
    assert captions.coverage(1486, 5000, "a key") == "1,486 of 5,000 tracks have a key"


def said(coverage: str, sources: str) -> Caption:
    return Caption("takeaway", coverage, sources)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (("41 of 50 tracks have a key", "source: A"), "41 of 50 tracks have a key · source: A"),
        (("50 of 50 tracks have a key", "source: A"), ""),
        (("9 of 9 tracks have a tempo", "source: A"), ""),
        (("50 of 50 tracks have a key", "source: B"), "source: B"),
        (("41 of 50 tracks have a key", ""), "41 of 50 tracks have a key"),
        (("No tracks yet", "source: A"), "No tracks yet · source: A"),
    ],
)
def test_a_chart_says_what_its_page_has_not_said(chart: tuple[str, str], words: str) -> None:
    page = said("50 of 50 tracks have a tempo", "source: A")
    assert captions.beyond(said(*chart), page) == words
    assert captions.beyond(said(*chart), said(*chart)) == ""
