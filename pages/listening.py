"""How much was heard, and when."""

import streamlit as st

from ttt.chartdata import Of
from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices
from ttt.ui.plays import choices, history, listening

person = session.require_user()
chosen = choices.now()
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(person, plays, "Listening")

span = chosen.span(plays)
layout.head("Listening", notices.plain(listening.line(plays, span)))
with layout.choices():
    choices.ranges(chosen, plays)
    choices.counted(chosen)
    choices.narrowing(chosen, plays)
choices.stop_without_any(plays)
numbers = listening.headline(plays, span)

left, right = layout.pair("chart-list", 1.95)
with left:
    listening.over_time(plays, span, chosen.by)
with right:
    listening.top(plays, span, Of.TRACKS, chosen.by)
listening.days_and_hours(plays, span, chosen.by)
with st.container(key="tops-beside"):
    three = st.columns(3, gap="large")
for column, of in zip(three, (Of.ARTISTS, Of.ALBUMS, Of.GENRES), strict=True):
    with column:
        listening.top(plays, span, of, chosen.by)
left, right = layout.pair("sittings-numbers")
with left:
    listening.sittings(plays, span)
with right:
    listening.more_numbers(numbers)
