"""What the moods of a time come to, in a sentence."""

from collections.abc import Sequence

import numpy as np

from ttt import words
from ttt.chartdata import By
from ttt.chartdata.mood import Ribbon
from ttt.music import WORTH_A_WORD, Measure, clear_steps, comparative, written
from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import counting
from ttt.services.plays.measures.mood.spread import MEASURES

READING = {
    By.MINUTES: "Line: the middle of the steps around. Band: half of the time heard lies in it, "
    "fainter where fewer values are known. Steps with less than an hour of known music are left "
    "out.",
    By.PLAYS: "Line: the middle of the steps around. Band: half of the plays lie in it, fainter "
    "where fewer values are known. Steps with fewer than 20 known plays are left out.",
}
NOTHING = "No values are known yet for what was heard"
TOO_LITTLE = "Too little was heard yet to tell"


def most(measure: Measure) -> tuple[str, str]:
    """Words for the most and the least of a measure: ("most intense", "calmest")."""
    return {
        Measure.ENERGY: ("most intense", "calmest"),
        Measure.VALENCE: ("happiest", "saddest"),
        Measure.TEMPO: ("fastest", "slowest"),
        Measure.POPULARITY: ("best known", "least known"),
    }[measure]


def against(ribbons: Sequence[Ribbon], now: str, before: str) -> str:
    """What differs most between now and before; the middles of now where nothing does."""
    known = [(r.measure, r.now, r.before) for r in ribbons if r.now is not None]
    if not known:
        return NOTHING
    pairs = [(m, late, early) for m, late, early in known if early is not None]
    name = now[0].upper() + now[1:]
    if not pairs:
        middles = [f"{measure} {written(measure, late)}" for measure, late, _ in known]
        return f"{name}: {words.listed(middles)}"
    steps = [clear_steps(measure, late - early) for measure, late, early in pairs]
    most = max(range(len(pairs)), key=lambda n: abs(steps[n]))
    if abs(steps[most]) < WORTH_A_WORD:
        return f"{name} felt much like {before}"
    measure, late, early = pairs[most]
    return (
        f"{name} felt {comparative(measure, steps[most])} than {before}: "
        f"{measure} {written(measure, late)} against {written(measure, early)}"
    )


def coverage(frame: Frame, measures: Sequence[Measure] = MEASURES, by: By = By.MINUTES) -> str:
    """ "values for 71 % of the time"."""
    unknown = np.any([np.isnan(frame.tracks.values[m]) for m in measures], axis=0)
    time = counting.weighed_by_track(frame, by)
    part = words.share(float(time[~unknown].sum()), float(time.sum()))
    return f"values for {part} of {by.whole}"
