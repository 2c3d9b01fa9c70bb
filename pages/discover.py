"""Public charts, each by itself, and one's own play counts at Last.fm."""

import streamlit as st

from ttt.ui import chart_rows, chart_table, chart_tabs, session

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
