"""One's own charts of weeks and months."""

import streamlit as st

from ttt.chartdata import Of
from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices
from ttt.ui.plays import choices, history, make, own_charts, panel
from ttt.ui.plays.parts import spotify_list

person = session.require_user()
chosen = choices.now("all")
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(person, plays, "My charts")

view = own_charts.shown(plays, chosen)
layout.head("My charts", notices.plain(own_charts.line(view)))
with layout.choices():
    own_charts.choose(view)
    choices.counted(chosen)
    choices.narrowing(chosen, plays, time=True)
    panel.switch()
choices.stop_without_any(chosen, plays)

with st.container(key="chart-first"):
    left, right = st.columns([1, 1.25], gap="medium")
with right:
    chart = own_charts.chart(view)
    if view.of is Of.TRACKS:
        make.offer(person, [row.uri for row in chart.rows], f"My chart {view.at}", "chart")
with left:
    own_charts.lines_of_ranks(view)
    is_kept = spotify_list.show(person, view, right)
own_charts.reigns(view, left if own_charts.is_long(chart) and not is_kept else None)
own_charts.all_race(view)
