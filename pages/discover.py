"""Public charts, each by itself, and one's own play counts at Last.fm."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.discover import rows as chart_rows
from ttt.ui.discover import table as chart_table
from ttt.ui.discover import tabs as chart_tabs

person = session.require_user()
st.title("Discover", anchor=False)

tab = chart_tabs.choose()
chart = chart_tabs.load(person, tab)
if chart is None:
    st.stop()

heading, action = st.columns([3, 2], vertical_alignment="top")
with heading:
    chart_table.headline(chart)
chart_table.state(chart)
selected = chart_table.show(chart, tab)
with action, st.container(horizontal=True, horizontal_alignment="right"):
    chart_rows.buttons(person, chart, selected)
with heading:
    chart_rows.outcomes()
