"""The way through an account's plays: from the newest down to what is known, then to the first.

Where a page ends the next one begins; what is known is kept with each page, so that a walk that was
cut off is taken up again.
"""

from datetime import datetime
from typing import Any

from ttt.models import Recorder
from ttt.providers.followed.pages import Page

Cursor = dict[str, Any]
"""Where the next page begins: `before` a time, `past` or among what is new, below the `top` one."""


def start() -> Cursor:
    """Before the first page."""
    return {"past": False, "before": None, "top": None}


def onwards(
    recorder: Recorder, cursor: Cursor, found: Page
) -> tuple[Cursor | None, dict[str, Any]]:
    """Where the next page begins, and what is known by now.

    From the top down to the newest play that was known; then, once, down to the first of all.
    """
    top = max((t for t in (cursor["top"], found.newest) if t is not None), default=None)
    below = _below(cursor["before"], found)
    if cursor["past"]:
        changes: dict[str, Any] = {"past_is_read": below is None}
        changes |= {} if below is None else {"oldest_at": below}
        return (None if below is None else cursor | {"before": below}), changes
    known = _seconds(recorder.newest_at)
    if known is None:
        # The first page of all: from here on it is the past.
        changes = {"newest_at": top, "oldest_at": below, "past_is_read": below is None}
        return _past(below), changes
    if below is not None and below > known:
        return {"past": False, "before": below, "top": top}, {}
    changes = {"newest_at": max(known, top or known)}
    if recorder.past_is_read:
        return None, changes
    return _past(_seconds(recorder.oldest_at)), changes


def _past(before: int | None) -> Cursor | None:
    return None if before is None else {"past": True, "before": before, "top": None}


def _below(before: int | None, found: Page) -> int | None:
    """The time before which the next page lies, None after the last one."""
    if found.oldest is None:
        return None
    # Rows of the same second may lie on either page; a page of one second only is left behind.
    below = found.oldest + 1
    if before is None or below < before:
        return below
    # Whoever goes no further down when asked to would be asked for ever.
    return found.oldest if found.oldest < before else None


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
