"""How what was heard felt: energy, valence, tempo and popularity over time."""

import streamlit as st

from ttt.chartdata import By, Of
from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices
from ttt.ui.plays import choices, history, listening, make, mood
from ttt.ui.plays.parts import stretch

person = session.require_user()
chosen = choices.now("all", By.MINUTES)
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(person, plays, "Mood over time")

span = chosen.span(plays)
shown = mood.seen(plays, span, chosen.by)
layout.head("Mood over time", notices.plain(mood.line(shown)))
with layout.choices():
    choices.ranges(chosen, plays)
    mood.choose(shown)
    choices.counted(chosen)
    choices.narrowing(chosen, plays)
choices.stop_without_any(plays)

days = stretch.over_time(shown)
if days:
    stretch.tracks(person, shown, days)
left, right = layout.pair("week-years", 1, 1.35)
with left:
    odd = mood.odd_week(shown)
    if odd:
        make.offer(person, [t.uri for t in odd.tracks], f"Week of {odd.first}", "odd")
with right:
    mood.by_year(shown)
left, right = layout.pair("hours-genres", 1, 1.35)
with left:
    mood.by_hour(shown)
    mood.by_season(shown)
    mood.released(shown)
with right:
    mood.genre_stream(shown)
    mood.in_keys(shown)
with st.container(key="in-two"):
    tops = listening.top(plays, span, Of.TRACKS, chosen.by, most=10)
make.offer(person, [row.uri for row in tops.rows], f"Heard {span.key}", "whole")
