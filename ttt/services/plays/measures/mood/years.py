"""When what was heard came out, and in which keys it is."""

import numpy as np

from ttt import music, words
from ttt.chartdata import By, Caption
from ttt.chartdata.kinds import KeysHeard, ReleaseYears
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage

_NEW = 2


def release_years(frame: Frame, span: Span, by: By = By.MINUTES) -> ReleaseYears:
    """Hours or plays a release year; the middle is that at or before which half of them lie."""
    plays = frame.within(span)
    years = plays.tracks.release_year
    time = counting.weighed_by_track(plays, by)
    known = (years > 0) & (time > 0)
    total = float(time.sum())
    part = words.share(float(time[known].sum()), total)
    told = coverage.weighed(f"release years for {part} of {by.whole}", plays, by)
    if not known.any():
        nothing = "No release year is known yet for what was heard" if total else words.NOTHING
        return ReleaseYears(0, (), None, Caption(nothing, told, ""), by)
    first = int(years[known].min())
    sums = counting.summed(years[known] - first, time[known], int(years[known].max()) - first + 1)
    middle = first + int((sums.cumsum() >= sums.sum() / 2).argmax())
    fresh = float(sums[max(0, span.last.year - _NEW + 1 - first) :].sum())
    takeaway = (
        f"Half of {by.whole} is music from {middle} or earlier; "
        f"{words.share(fresh, float(sums.sum()))} came out in the last two years"
    )
    before = coverage.before(frame, span, lambda b: release_years(frame, b, by).caption.takeaway)
    caption = Caption(takeaway, told, "", before)
    amounts = tuple(map(float, sums / counting.one(by)))
    return ReleaseYears(first, amounts, middle, caption, by)


def keys(frame: Frame, span: Span, by: By = By.MINUTES) -> KeysHeard:
    """Hours or plays in each key."""
    plays = frame.within(span)
    tracks = plays.tracks
    time = counting.weighed_by_track(plays, by)
    known = (tracks.key >= 0) & (tracks.mode >= 0)
    codes = tracks.key[known].astype(np.int64) * 2 + tracks.mode[known]
    sums = counting.summed(codes, time[known], 24) / counting.one(by)
    wheel = music.camelot_wheel()
    hours = tuple(float(sums[key * 2 + mode]) for _, key, mode in wheel)
    names = tuple(music.key_name(key, mode) for _, key, mode in wheel)
    part = words.share(float(time[known].sum()), float(time.sum()))
    told = coverage.weighed(f"a key for {part} of {by.whole}", plays, by)
    before = coverage.before(frame, span, lambda b: keys(frame, b, by).caption.takeaway)
    return KeysHeard(hours, names, Caption(_takeaway(hours, names, by), told, "", before), by)


def _takeaway(hours: tuple[float, ...], names: tuple[str, ...], by: By) -> str:
    total = sum(hours)
    if not total:
        return "No key is known yet for what was heard"
    best = max(range(24), key=hours.__getitem__)
    major = sum(h for h, name in zip(hours, names, strict=True) if name.endswith("major"))
    return (
        f"{names[best]} leads with {words.share(hours[best], total)} of {by.whole}; "
        f"{words.share(major, total)} is in major keys"
    )
