"""What one source tells twice, and what cannot have been."""

import pytest

from tests.services.plays.judging.test_matching import LASTFM, RECENT, judged, row
from ttt.plays import SENSE_SHIFT, Counts, PlaySource, Sense

PLAY, SKIP, DOUBLE = Counts.PLAY, Counts.SKIP, Counts.DOUBLE
IMPOSSIBLE = Counts.IMPOSSIBLE
TABLE = PlaySource.OWN_TABLE
SHORT = {"duration": 10_000}
OF_DAY = {"how": Sense.DAY << SENSE_SHIFT}
Row = tuple[int, ...]


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        # A track that is shorter than half a minute can begin again when it has ended.
        ([row(0, 10_000, LASTFM, **SHORT), row(10, 10_000, LASTFM, **SHORT)], [PLAY, PLAY]),
        ([row(0, 10_000, LASTFM, **SHORT), row(9, 10_000, LASTFM, **SHORT)], [PLAY, DOUBLE]),
        ([row(0, 90_000, LASTFM), row(29, 90_000, LASTFM)], [PLAY, DOUBLE]),
        ([row(0, 90_000, LASTFM), row(30, 90_000, LASTFM)], [PLAY, PLAY]),
        # What was skipped ends at once, and is no double itself.
        ([row(0, 3_000, LASTFM), row(5, None, LASTFM)], [SKIP, PLAY]),
        ([row(0, None, LASTFM), row(5, 3_000, LASTFM)], [PLAY, SKIP]),
        # Other tracks and other sources are other plays.
        ([row(0, None, LASTFM), row(5, None, LASTFM, track=2)], [PLAY, PLAY]),
        ([row(0, None, LASTFM, track=1), row(5, None, TABLE, track=2)], [PLAY, PLAY]),
        # Of a day it is not known when in it.
        ([row(0, None, TABLE, **OF_DAY), row(0, None, TABLE, **OF_DAY)], [PLAY, PLAY]),
        # Ends tell of doubles only where nobody knows for how long.
        ([row(100, None), row(129, None)], [PLAY, DOUBLE]),
        ([row(100, None, RECENT), row(130, None, RECENT)], [PLAY, PLAY]),
        ([row(100, 40_000), row(129, 2_000)], [PLAY, SKIP]),
        # Two plays overlap by two seconds at most, of which a skip has fewer.
        ([row(100, 200_000), row(298, 200_000)], [PLAY, PLAY]),
        ([row(100, 200_000), row(297, 200_000)], [PLAY, IMPOSSIBLE]),
        ([row(100, 2_000), row(100, 200_000)], [SKIP, PLAY]),
        ([row(100, 2_001), row(100, 200_000)], [SKIP, IMPOSSIBLE]),
        ([row(100, 200_000), row(102, 2_001)], [PLAY, SKIP]),
        ([row(100, 200_000), row(101, 3_000)], [PLAY, SKIP]),
        ([row(100, 200_000), row(101, 3_001)], [PLAY, IMPOSSIBLE]),
        ([row(100, 0), row(100, 0)], [SKIP, SKIP]),
        ([row(100, 200_000), row(100, 200_000, track=2)], [PLAY, PLAY]),
        # After one that cannot have been, the next is held against the one that was kept.
        ([row(300, 200_000), row(310, 200_000), row(500, 200_000)], [PLAY, IMPOSSIBLE, PLAY]),
    ],
)
def test_one_source_tells_each_play_once(rows: list[Row], verdicts: list[Counts]) -> None:
    assert judged(*rows) == verdicts
