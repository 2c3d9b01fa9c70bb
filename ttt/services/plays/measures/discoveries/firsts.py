"""First listens by month, and which of them stayed.

By plays the tracks are counted, of each the first play; by minutes the time that they got since.
"""

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.discovered import Firsts
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, days, steps
from ttt.services.plays.measures.discoveries.lives import lives

STAYED_DAYS = 60
RULE = "A track stayed when it was played again more than 60 days after it was first heard."
_SINCE = "A month has the minutes that its tracks were heard since, up to today."


def first_listens(frame: Frame, span: Span, by: By = By.PLAYS) -> Firsts:
    """Recordings first heard in each month of the span: stayed, left, or too new to tell."""
    chosen = steps.of_span(span, Step.MONTH)
    found = lives(frame)
    first, last = found.day[found.begins], found.day[found.ends - 1]
    inside = (first >= span.begin) & (first < span.end)
    first, last = first[inside], last[inside]
    minutes = counting.totals(frame, Of.TRACKS, By.MINUTES)[found.songs[inside]]
    amount = minutes if by is By.MINUTES else np.ones(len(first))
    stayed = last - first > STAYED_DAYS
    new = ~stayed & (int(frame.day.max(initial=0)) - first <= STAYED_DAYS)
    place, known = chosen.place(first), days.of_steps(frame, chosen)

    def counts(which: NDArray[np.bool_]) -> tuple[int | None, ...]:
        sums = np.bincount(place[which], amount[which], chosen.count)
        return tuple(round(n) if k or n else None for n, k in zip(sums, known, strict=True))

    takeaway = _takeaway(
        len(first),
        float(amount[stayed].sum()),
        float(amount[~new].sum()),
        coverage.about(frame, by) if by is By.MINUTES else None,
    )
    return Firsts(
        starts=tuple(chosen.begins()),
        stayed=counts(stayed),
        left=counts(~stayed & ~new),
        open=counts(new),
        holes=days.holes(frame, span),
        caption=_caption(frame, span, by, takeaway),
        by=by,
    )


def _caption(frame: Frame, span: Span, by: By, takeaway: str) -> Caption:
    return Caption(
        takeaway,
        coverage.of_time(frame, span, by),
        f"{RULE} {_SINCE}" if by is By.MINUTES else RULE,
        coverage.before(frame, span, lambda b: first_listens(frame, b, by).caption.takeaway),
    )


def _takeaway(found: int, stayed: float, told: float, about: str | None) -> str:
    """What became of the tracks, or with `about` of the time that went to them."""
    if not found:
        return "Nothing was heard for the first time"
    text = f"{words.counted(found, 'track')} heard for the first time"
    if not told:
        return text
    part = words.share(stayed, told)
    if about is None:
        return f"{text}; {part} stayed"
    return f"{text}; {about}{part} of the minutes since went to those that stayed"
