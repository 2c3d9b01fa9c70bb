"""Public charts, each by itself, and one's own play counts at Last.fm."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.discover import rows as chart_rows
from ttt.ui.discover import table as chart_table
from ttt.ui.discover import tabs as chart_tabs
from ttt.ui.frame import layout
from ttt.ui.frame.listing import as_table
from ttt.ui.plays.start import behind

person = session.require_user()
layout.head("Discover", "Public charts, and what you played most at Last.fm")

tab = chart_tabs.choose(person)
chart = chart_tabs.load(person, tab)
if chart is None:
    st.stop()

chart_table.headline(chart)
chart_table.state(chart)
with st.container(gap=None, key="listed-discover"):
    over = st.container(key="sticky-discover")
    told = st.container()
    selected = chart_table.show(person, chart, tab, behind.pages(person).heard)
with over, layout.bar("discover", chart_table.count(chart, selected), bool(selected)):
    chart_rows.buttons(person, chart, selected)
    st.space("stretch")
    as_table.switch()
with told:
    chart_rows.outcomes()
