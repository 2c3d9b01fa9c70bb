"""What was heard for the first time, stayed, left, was forgotten and came back."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.frame import layout
from ttt.ui.plays import choices, found, history, panel

person = session.require_user()
chosen = choices.now("all")
plays = history.read(person, chosen.narrowing)
history.stop_without_plays(person, plays, "Discoveries")

span = chosen.span(plays)
layout.head("Discoveries", found.line(plays, span))
with layout.choices():
    choices.ranges(chosen, plays)
    choices.counted(chosen)
    choices.narrowing(chosen, plays)
    panel.switch()
choices.stop_without_any(chosen, plays, span)

panel.show(found.first_heard(plays, span, chosen.by))
with st.container(key="lists-of-favourites"):
    left, right = st.columns(2, gap="large")
with left:
    found.on_this_day(person, plays, span, chosen.by)
with right:
    found.forgotten(person, plays, span, chosen.by)
with st.container(key="lists-of-returns"):
    left, right = st.columns(2, gap="large")
with left:
    found.obsessions(person, plays, span, chosen.by)
with right:
    found.comebacks(person, plays, span)
