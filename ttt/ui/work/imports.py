"""What people put on a list at once: receipts until they are closed, then the history of them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from html import escape
from typing import TypeVar

import streamlit as st

from ttt import words
from ttt.errors import NotFound, StoreError
from ttt.jobs import queue
from ttt.services.explain import clock_after
from ttt.services.lists import imports
from ttt.services.lists import waiting as names
from ttt.services.lists.imports import PastImport
from ttt.services.lists.past import Past
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.spotify.spotify import Connection
from ttt.services.tables.receipt import (
    Reason,
    Receipt,
    Refusal,
    told_lost,
    told_unusable,
    told_values,
)
from ttt.ui.accounts import session
from ttt.ui.frame import browser, notices, process
from ttt.ui.frame.listing import times
from ttt.ui.work import background

T = TypeVar("T", bound=Past)

_EVERY = timedelta(seconds=3)
_SHOWN_REASONS, _SHOWN_ROWS, _SHOWN_NAMES = 10, 5, 200
_LONGEST_QUOTED = 80


def taken(person: Person, receipt: Receipt) -> None:
    """Have what was added looked up, and the names that wait."""
    background.look_up_added(receipt)
    queue.look_up_names(process.context(), person, receipt)


def past(person: Person, list_id: int) -> list[PastImport]:
    """What the person put on a list at once before, the newest first."""
    return imports.listed(process.context(), person, list_id)


def show(person: Person, list_id: int, brought: Sequence[PastImport]) -> None:
    """The receipts of a list that were not closed yet."""
    for one in (one for one in brought if one.open):
        with st.container(border=True, key=f"import-{one.id}"):
            if one.waiting:
                _wait(person.id, list_id, one)
            else:
                _tell(one)
            close(f"import {one.id}", partial(imports.close, process.context(), person, one.id))


def waiting(person: Person, list_id: int, connection: Connection | None) -> None:
    """The titles and artists that are on a list as nothing but that, until Spotify was asked."""
    waits = names.on_list(process.context(), person, list_id, _SHOWN_NAMES)
    if not waits.count:
        return
    until = None if connection is None else connection.blocked_until
    if until is not None and until > process.context().now():
        when = clock_after(until, browser.zone())
        st.caption(f"Spotify has asked this server to wait: look-ups go on after {when}.")
    label = f"{_counted_names(waits.count)} on this list until Spotify has been asked"
    place = st.expander(label, on_change="rerun", key="waiting names")
    if place.open:
        more = waits.count - len(waits.names)
        rest = f"<li>and {more:,} more</li>" if more else ""
        items = "".join(map(_waiting, waits.names))
        place.html(f'<ul class="ttt-waits">{items}{rest}</ul>')


def _counted_names(count: int) -> str:
    return words.counted(count, "title waits", "titles wait")


def _waiting(name: Named) -> str:
    return f"<li><b>{escape(name.title)}</b> <small>{escape(name.artist)}</small></li>"


def history(brought: Sequence[PastImport]) -> None:
    """What was put on a list at once before, folded; nothing while there is none."""
    folded("Imports onto this list", "past imports", brought, partial(_tell, at=True))


def folded(label: str, key: str, past: Sequence[T], tell: Callable[[T], None]) -> None:
    """What was brought before, once it is unfolded; nothing while there is none."""
    if not past:
        return
    place = st.expander(label, on_change="rerun", key=key)
    if place.open:
        with place:
            for one in past:
                tell(one)


@st.fragment(run_every=_EVERY)
def _wait(user_id: int, list_id: int, before: PastImport) -> None:
    """A receipt that goes on: as it is now, and the page anew when something came."""
    person = session.recheck()
    found = imports.listed(process.context(), person, list_id) if person.id == user_id else []
    now = next((one for one in found if one.id == before.id), None)
    if now is None or (now.added, now.waiting) != (before.added, before.waiting):
        st.rerun()
    _tell(now)


def close(key: str, end: Callable[[], None]) -> None:
    """A button that closes a receipt for good."""
    if st.button("Close", key=f"close {key}", type="tertiary", icon=":material/close:"):
        with notices.telling(NotFound, StoreError):
            end()
            st.rerun()


def _tell(one: PastImport, *, at: bool = False) -> None:
    when = f", {times.at(one.at)}" if at else ""
    st.markdown(f"**{notices.plain(one.name)}**{when}: {counted(one)}")
    if one.waiting:
        st.caption(
            f"{_names(one.waiting)} looked up at Spotify, a few at a time. You can leave this page."
        )
    if one.values:
        st.caption(f"Taken as your own values, which you alone see: {told_values(one.values)}.")
    if one.unusable:
        st.caption(notices.plain(told_unusable(one.unusable)))
    if one.lost_letters:
        st.caption(told_lost(one.lost_letters))
    refusals(one.reasons)


def counted(one: PastImport) -> str:
    """Rows by what became of them: "2 added · 1 already in your list"."""
    there = one.already_there - one.repeated
    parts = [
        (one.added, "added"),
        (there, "already in your list"),
        (one.repeated, "repeated in what you brought"),
        (one.waiting, "waiting"),
        (one.refused_rows, "refused"),
    ]
    return " · ".join(f"{count:,} {word}" for count, word in parts if count) or "nothing to add"


def refusals(reasons: Sequence[Reason]) -> None:
    """Each reason once, with how many rows it is about and what the first of them hold."""
    for one in reasons[:_SHOWN_REASONS]:
        alone = one.rows[0].row if one.total == len(one.rows) == 1 else None
        which = f"Row {alone}" if alone else words.counted(one.total, "row")
        st.caption(notices.plain(f"{which}: {one.text} {_examples(one)}".strip()))
    if len(reasons) > _SHOWN_REASONS:
        st.caption(f"and {len(reasons) - _SHOWN_REASONS} more reasons")


def _examples(reason: Reason) -> str:
    """What the first rows hold: "Row 7 “x”, row 8 “y” and 5 more"; of a single row just that."""
    if reason.total == 1:
        return "".join(map(_quoted, reason.rows))
    shown = [f"row {row.row} {_quoted(row)}".strip() for row in reason.rows[:_SHOWN_ROWS]]
    more = f" and {reason.total - len(shown):,} more" if reason.total > len(shown) else ""
    return _begun(", ".join(shown)) + more


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(row: Refusal) -> str:
    text = " ".join(row.text.split())
    short = text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}…"
    return f"“{short}”" if short else ""


def _names(count: int) -> str:
    return words.counted(count, "title is", "titles are")
