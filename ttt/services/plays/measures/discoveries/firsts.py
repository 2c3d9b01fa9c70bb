"""First listens by month, and which of them stayed."""

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import Caption, Step
from ttt.chartdata.discovered import Firsts
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, days, steps, words
from ttt.services.plays.measures.discoveries.lives import lives

STAYED_DAYS = 60
RULE = "A track stayed when it was played again more than 60 days after it was first heard."


def first_listens(frame: Frame, span: Span) -> Firsts:
    """Recordings first heard in each month of the span: stayed, left, or too new to tell."""
    chosen = steps.of_span(span, Step.MONTH)
    found = lives(frame)
    first, last = found.day[found.begins], found.day[found.ends - 1]
    inside = (first >= span.begin) & (first < span.end)
    first, last = first[inside], last[inside]
    stayed = last - first > STAYED_DAYS
    new = ~stayed & (int(frame.day.max(initial=0)) - first <= STAYED_DAYS)
    place = chosen.place(first)
    known = np.bincount(chosen.days(), days.of_span(frame, span), chosen.count) > 0

    def counts(which: NDArray[np.bool_]) -> tuple[int | None, ...]:
        sums = np.bincount(place[which], minlength=chosen.count)
        return tuple(int(n) if k or n else None for n, k in zip(sums, known, strict=True))

    return Firsts(
        starts=tuple(chosen.begins()),
        stayed=counts(stayed),
        left=counts(~stayed & ~new),
        open=counts(new),
        holes=days.holes(frame, span),
        caption=Caption(
            _takeaway(int(stayed.sum()), int((~stayed & ~new).sum()), len(first)),
            coverage.recorded(frame, span),
            RULE,
            coverage.before(frame, span, lambda b: first_listens(frame, b).caption.takeaway),
        ),
    )


def _takeaway(stayed: int, left: int, found: int) -> str:
    if not found:
        return "Nothing was heard for the first time"
    text = f"{words.counted(found, 'track')} heard for the first time"
    if not stayed + left:
        return text
    return f"{text}; {words.share(stayed, stayed + left)} stayed"
