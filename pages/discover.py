"""Public charts, each by itself, and one's own play counts at Last.fm."""

import streamlit as st

from ttt.ui import discover, session

person = session.require_user()
st.title("Discover", anchor=False)

tab = discover.choose()
chart = discover.load(person, tab)
if chart is None:
    st.stop()

discover.trouble(chart)
if not chart.rows:
    discover.nothing_yet(chart)
    st.stop()

heading, action = st.columns([3, 2], vertical_alignment="top")
with heading:
    discover.headline(chart)
discover.state(chart)
selected = discover.table(chart, discover.counted(tab), f"chart-{tab}")
with action, st.container(horizontal=True, horizontal_alignment="right"):
    discover.buttons(person, chart, selected)
with heading:
    discover.outcomes()
