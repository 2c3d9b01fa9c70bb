"""Which told plays count: what is too short, told twice, cannot have been, or is told elsewhere.

Pure: all that is known of a person's told plays in, a verdict for each out. The same rows in
another order get the same verdicts.
"""

import numpy as np
from numpy.typing import NDArray

from ttt.plays import Counts, How, PlaySource
from ttt.services.plays.judging import fitting, own_doubles
from ttt.services.plays.judging.told import Told

SHORTEST = 30_000
"""From here on it is a play, in milliseconds."""
_NEARLY_WHOLE = 0.95
SILENCE = 3 * 86_400
"""Within a list of everything that was played, nobody is silent for longer, or it has a hole."""
_ENOUGH = 0.9
# The fullest first: who comes later is compared with all before.
ORDER = (
    PlaySource.SPOTIFY_HISTORY,
    PlaySource.STATS_TRACKER,
    PlaySource.SPOTIFY_ACCOUNT_DATA,
    PlaySource.SPOTIFY_RECENT,
    PlaySource.SUBMITTED,
    PlaySource.LISTENBRAINZ,
    PlaySource.LASTFM,
    PlaySource.KOITO,
    PlaySource.MALOJA,
    PlaySource.PANO_SCROBBLER,
    PlaySource.SCROBBLER_LOG,
    PlaySource.APPLE_MUSIC,
    PlaySource.YOUTUBE_MUSIC,
    PlaySource.OWN_TABLE,
)
EXCERPTS = (PlaySource.SPOTIFY_ACCOUNT_DATA, PlaySource.SPOTIFY_RECENT)
_Numbers = NDArray[np.int64]


def judge(told: Told) -> NDArray[np.uint8]:
    """A `Counts` for each row."""
    verdicts = lengths(told.ms, told.how, told.duration)
    own_doubles.mark(told, verdicts)
    anchors = np.zeros(len(told), bool)
    for source in ORDER:
        rows = (told.source == source) & is_counting(verdicts)
        if not rows.any():
            continue
        if anchors.any():
            fitting.mark(told, np.flatnonzero(anchors), np.flatnonzero(rows), verdicts)
            if source in EXCERPTS:
                _outrank(told, source, verdicts)
        anchors |= rows & is_counting(verdicts)
    return verdicts


def lengths(ms: _Numbers, how: _Numbers, duration: _Numbers) -> NDArray[np.uint8]:
    """PLAY or SKIP by how long was played: 30 s, or the whole of a shorter track."""
    whole = (duration > 0) & (duration < SHORTEST) & (ms >= _NEARLY_WHOLE * duration)
    is_play = (ms >= SHORTEST) | whole | ((ms < 0) & (how & How.SKIPPED == 0))
    return np.where(is_play, Counts.PLAY, Counts.SKIP).astype(np.uint8)


def is_counting(verdicts: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which rows are kept in the pages."""
    return np.asarray((verdicts == Counts.PLAY) | (verdicts == Counts.SKIP))


def _outrank(told: Told, source: PlaySource, verdicts: NDArray[np.uint8]) -> None:
    """Drop what Spotify's full list lacks, where it has nearly all that the excerpt tells."""
    full = np.sort(told.told[told.source == PlaySource.SPOTIFY_HISTORY])
    if not len(full):
        return
    holes = np.flatnonzero(np.diff(full) > SILENCE)
    begins = full[np.concatenate(([0], holes + 1))]
    ends = full[np.concatenate((holes, [len(full) - 1]))]
    rows = np.flatnonzero(told.source == source)
    stretch = np.searchsorted(begins, told.told[rows], side="right") - 1
    covered = (stretch >= 0) & (told.told[rows] <= ends[np.maximum(stretch, 0)])
    rows, stretch = rows[covered], stretch[covered]
    left = is_counting(verdicts[rows])
    matched = np.isin(verdicts[rows], (Counts.THERE_ALREADY, Counts.PERHAPS_THERE))
    rows_in = np.bincount(stretch, minlength=len(begins))
    matched_in = np.bincount(stretch, weights=matched, minlength=len(begins))
    nearly_all = matched_in >= _ENOUGH * rows_in
    verdicts[rows[left & nearly_all[stretch]]] = Counts.OUTRANKED
