"""How what was heard felt: energy, valence, tempo and popularity over time."""

import streamlit as st

from ttt.chartdata import By, Of
from ttt.ui.accounts import session
from ttt.ui.frame import layout, notices
from ttt.ui.plays import choices, history, listening, make, mood, panel
from ttt.ui.plays.parts import stretch, unknown

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
    panel.switch()
choices.stop_without_any(chosen, plays, span)

days = stretch.over_time(shown)
if days:
    stretch.tracks(person, shown, days)
if not unknown.is_said(shown):
    left, right = layout.pair("week-years", 1, 1.35)
    with left:
        odd = mood.odd_week(shown)
        panel.show(odd)
        if odd.data:
            uris = [track.uri for track in odd.data.tracks]
            make.offer(person, uris, f"Week of {odd.data.first}", "odd")
    with right:
        panel.show(mood.by_year(shown))
    panel.beside(
        [mood.by_hour(shown)],
        [mood.genre_stream(shown)],
        [mood.by_season(shown), mood.released(shown)],
        [mood.in_keys(shown)],
        shape="hours-genres",
    )
tops = listening.top(plays, span, Of.TRACKS, chosen.by, most=10, above=mood.known(shown))
with st.container(key="in-two"):
    panel.show(tops)
if tops.data:
    make.offer(person, [row.uri for row in tops.data.rows], f"Heard {span.key}", "whole")
