"""Start page: what is connected, what is on top, what moved, and what to do next."""

import streamlit as st

from ttt.music import Period
from ttt.services.top import home
from ttt.ui.accounts import session
from ttt.ui.discover import play_counts as plays
from ttt.ui.frame import layout, notices, reads
from ttt.ui.lists import lists
from ttt.ui.tracks import cards
from ttt.ui.work import ways

person = session.require_user()
connection = reads.connection(person)
tops = reads.top_lists(person)
saved = reads.trending_list(person)

layout.head(
    f"Hello, {notices.plain(person.name)}",
    notices.with_demo(lists.today(), connection),
)
cards.next_step(home.next_step(connection, tops, saved))
ways.to_demo_history(person)

if any(top.rows for top in tops.values()):
    for column, period in zip(st.columns(3, gap="medium"), Period, strict=True):
        with column:
            cards.tracks(period.label, tops[period].rows[:5], "Nothing fetched for this period.")

left, right = st.columns(2, gap="medium")
with left:
    top = tops[Period.SHORT_TERM]
    cards.tracks(
        "What moved",
        home.movers(top.rows),
        "Nothing yet: moves show from the second list on.",
        lists.since(top),
    )
    plays.on_home(person)
with right:
    cards.tracks(
        "Newest trending", home.newest(saved), "Nothing saved yet: add tracks on Trending."
    )
