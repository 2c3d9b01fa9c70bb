"""Top tracks of the three periods."""

import streamlit as st

from ttt.music import Period
from ttt.ui import lists, notices, panels, reads, session, table

person = session.require_user()
connection = reads.connection(person)
st.title("Top tracks", anchor=False)

if connection is None:
    notices.connect_first("see what you play most")
    st.stop()

notices.demo_banner(connection)
lists.refresh_when_stale(person, connection)
heading, controls = st.columns([1, 1], vertical_alignment="bottom")
with controls, st.container(horizontal=True, horizontal_alignment="right"):
    period = st.segmented_control(
        "Period",
        list(Period),
        default=Period.SHORT_TERM,
        required=True,
        format_func=lambda p: p.label,
        label_visibility="collapsed",
        key="period",
        bind="query-params",
    )
    lists.refresh_button(person, connection)

tops = reads.top_lists(session.require_user())
top = tops[period]
heading.caption(lists.state(top, connection))
if not top.rows:
    notices.nothing_yet(top)
    st.stop()

compared = tops[Period.LONG_TERM].rows if period is not Period.LONG_TERM else None
panels.headline(top.rows, compared)
chosen = panels.charts(top.rows, compared, {p: t.rows for p, t in tops.items()}, f"top-{period}")
rows = lists.narrowed(top.rows, chosen)

title, action = st.columns([1, 1], vertical_alignment="bottom")
title.subheader("Tracks", anchor=False)
title.caption(lists.count(rows, top.rows))
selected = table.show(rows, f"table-{period}-{top.taken_at}-{len(rows)}")
with action, st.container(horizontal=True, horizontal_alignment="right"):
    lists.add_button(person, selected)
