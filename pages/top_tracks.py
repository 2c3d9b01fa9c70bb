"""Top tracks of the three periods."""

import streamlit as st

from ttt.music import Period
from ttt.ui.accounts import session
from ttt.ui.frame import notices, reads
from ttt.ui.lists import lists
from ttt.ui.spotify import out
from ttt.ui.tracks import filters, panels, table, values
from ttt.ui.work import background

person = session.require_user()
connection = reads.connection(person)
st.title("Top tracks", anchor=False)

if connection is None:
    notices.connect_first("see what you play most")
    st.stop()

notices.demo_banner(connection)
lists.refresh_when_stale(person, connection)
heading, controls = st.columns([2, 3], vertical_alignment="bottom")
with controls, lists.controls():
    period = lists.choose_period()
    lists.refresh_button(person, connection)

person = session.require_user()
tops = reads.top_lists(person)
top = tops[period]
heading.caption(lists.state(top, connection))
if not top.rows:
    notices.nothing_yet(top)
    st.stop()

with heading:
    background.progress(person, top.rows)
    fitting = filters.bar([row for each in tops.values() for row in each.rows], "top")
shown = {p: fitting(each.rows) for p, each in tops.items()}
every = shown[period]
filters.stop_when_empty(every)

compared = shown[Period.LONG_TERM] if period is not Period.LONG_TERM else None
panels.headline(every, compared)
rows = panels.charts(every, compared, shown, f"top-{period}").among(every)

action = lists.heading(rows, every)
selected = table.show(rows, f"table-{period}", ticked=len(rows) < len(every))
with action:
    out.offer(person, selected, rows, f"top-{period}")
    lists.actions(person, None, selected, len(rows))
values.panel(person, rows, selected)
