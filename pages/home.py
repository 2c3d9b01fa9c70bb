"""Start page: the week, the latest plays, what is on top, what moved, and what to do next."""

import streamlit as st

from ttt.services.top import home
from ttt.services.top.home import NextStep
from ttt.ui.accounts import session
from ttt.ui.discover import play_counts
from ttt.ui.frame import layout, notices, reads
from ttt.ui.lists import lists
from ttt.ui.plays import history
from ttt.ui.plays.start import behind, first, hands, heard, latest, week
from ttt.ui.spotify import connected
from ttt.ui.tracks import cards

person = session.require_user()
connection = reads.connection(person)
tops = reads.top_lists(person)
saved = reads.trending_list(person)
plays = history.if_any(person)
this_week = None if plays is None else week.read(plays)

line = lists.today() if this_week is None else week.line(this_week)
layout.head(f"Hello, {notices.plain(person.name)}", connected.with_demo(line, connection))
if this_week is not None:
    week.numbers(this_week)
step = home.next_step(connection, tops, saved)
if plays is None or this_week is None:
    first.show(person, tops, saved, step)
    st.stop()

if step is not NextStep.SAVE:
    cards.next_step(step)
hands.show(person, plays)
with st.container(key="start"):
    (one, two), (three, four) = (st.columns(2, gap="large") for _ in range(2))
with one:
    latest.show(person, plays)
with two:
    heard.top(plays, tops)
with three:
    heard.on_this_day(plays)
    play_counts.on_home(person)
with four:
    heard.moved(plays, tops)
    nothing = "Nothing saved yet."
    cards.tracks("Newest trending", home.newest(saved, 3), nothing, heard=behind.heard(plays))
week.table(this_week)
