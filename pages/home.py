"""Start page: what is connected, what is on top, what moved, and what to do next."""

import streamlit as st

from ttt.music import Period
from ttt.services.top import home
from ttt.ui.accounts import session
from ttt.ui.discover import play_counts as plays
from ttt.ui.frame import notices, reads
from ttt.ui.tracks import cards

person = session.require_user()
connection = reads.connection(person)
tops = reads.top_lists(person)
saved = reads.trending_list(person)

st.title(f"Hello, {notices.plain(person.name)}", anchor=False)
notices.demo_banner(connection)
cards.next_step(home.next_step(connection, tops, saved))

if any(top.rows for top in tops.values()):
    for column, period in zip(st.columns(3, gap="large"), Period, strict=True):
        with column:
            cards.tracks(period.label, tops[period].rows[:5], "Nothing fetched for this period.")

left, right = st.columns(2, gap="large")
with left:
    moved = home.movers(tops[Period.SHORT_TERM].rows)
    cards.tracks("What moved", moved, "Nothing yet: moves show from the second list on.")
    plays.on_home(person)
with right:
    cards.tracks(
        "Newest trending", home.newest(saved), "Nothing saved yet: add tracks on Trending."
    )
