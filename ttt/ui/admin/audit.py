"""The audit trail, for admins."""

from collections.abc import Sequence
from datetime import UTC

import streamlit as st

from ttt import words
from ttt.services.accounts import audit_log
from ttt.services.accounts.audit_log import Event, Filter
from ttt.services.person import Person
from ttt.ui.frame import browser, process
from ttt.ui.frame.listing import table, times
from ttt.ui.work.files import downloads


def section(actor: Person) -> None:
    """What happened, the newest first: filtered, paged, and as a file."""
    context = process.context()
    wanted = _filter(actor)
    number = st.session_state.get(f"trail-{hash(wanted)}", 1)
    page = audit_log.page(context, actor, wanted, number)
    with st.container(horizontal=True, vertical_alignment="center"):
        events = words.counted(page.total, "event")
        st.caption(f"{events}, kept for {words.counted(context.settings.audit_days, 'day')}")
        downloads(
            "audit",
            lambda: audit_log.as_csv(audit_log.export(context, actor, wanted)),
            lambda: audit_log.as_json(audit_log.export(context, actor, wanted)),
        )
    if page.pages > 1:
        # The number of a page counts among these events only.
        last = max(page.pages, number)
        st.number_input(f"Page of {page.pages}", 1, last, key=f"trail-{hash(wanted)}", width=140)
    _table(page.events)


def _filter(actor: Person) -> Filter:
    with st.grid(5, min_column_width=150):
        person = st.text_input("Person", max_chars=64, placeholder="anybody")
        actions = audit_log.actions(process.context(), actor)
        action = st.selectbox("Action", actions, index=None, placeholder="any")
        holds = st.text_input("Words", max_chars=100, placeholder="any")
        first = st.date_input("From", None, format="YYYY-MM-DD")
        last = st.date_input("To", None, format="YYYY-MM-DD")
    span = audit_log.between(first, last, browser.zone() or UTC)
    return Filter(person.strip().casefold(), action or "", holds, **span)


def _table(events: Sequence[Event]) -> None:
    if not events:
        st.caption("Nothing matches.")
        return
    rows = [
        (times.at(event.at, seconds=True), event.actor, event.action, event.subject, event.address)
        for event in events
    ]
    table.show("Activity", ("When", "Who", "What", "About", "Address"), rows)
