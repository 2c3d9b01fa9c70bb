"""Builds a list of favourites and of tracks like them, ordered by how they sound."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.builder import drafted, drafts, wishing
from ttt.ui.frame import layout, reads
from ttt.ui.plays.start import behind
from ttt.ui.spotify import connected
from ttt.ui.tracks import headline, panels

person = session.require_user()
tops, saved = reads.top_lists(person), reads.trending_list(person)
connection = reads.connection(person)
head = st.container()  # what is waited for at first stands where the title will
with head:
    desk = drafts.desk(person, tops, saved)
if desk is None:
    what = "A list of your favourites and of tracks like them, ordered by how they sound"
    with head:
        layout.head("Builder", connected.with_demo(what, connection))
    drafts.nothing_to_draw_from()
    st.stop()

with head:
    layout.head("Builder", connected.with_demo(drafts.count(desk), connection))
with layout.choices():
    if drafts.can_draw(tops, saved):
        wishing.ask(person, tops, saved, desk.draft)
    ordered = drafts.choose_order(desk)
    drafts.shuffle(desk)
with layout.at_times():
    drafts.notes(desk, ordered)
headline.show(ordered.rows, None)
listed, charts = layout.beside(len(ordered.rows), panels.OF_DRAFT)
with listed:
    drafted.show(desk, ordered.rows, behind.pages(person).heard)
panels.draft(charts, ordered.rows)
