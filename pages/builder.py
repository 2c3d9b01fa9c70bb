"""Builds a list of favourites and of tracks like them, ordered by how they sound."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.builder import drafts
from ttt.ui.frame import layout, notices, reads
from ttt.ui.lists import said
from ttt.ui.spotify import out
from ttt.ui.tracks import panels

person = session.require_user()
tops, saved = reads.top_lists(person), reads.trending_list(person)
what = "A list of your favourites and of tracks like them, ordered by how they sound"
layout.head("Builder", notices.with_demo(what, reads.connection(person)))

desk = drafts.desk(person)
if saved or any(top.rows for top in tops.values()):
    drafts.ask(person, tops, saved)
elif desk is None:
    drafts.nothing_to_draw_from()
    st.stop()
if desk is None:
    st.caption("Choose how many tracks of which kind, and press “Build”.")
    st.stop()

heading, actions = st.columns([1, 2], vertical_alignment="bottom")
with heading:
    st.header("Your list", anchor=False)
    st.caption(drafts.count(desk))
    ordered = drafts.choose_order(desk)
drafts.notes(desk, ordered)
panels.flow(ordered.rows)
drafts.table(desk, ordered.rows)

with actions, st.container(horizontal=True, horizontal_alignment="right"):
    drafts.change_buttons(desk)
    out.offer(person, [], ordered.rows, "builder")
    drafts.save_buttons(person, ordered.rows)
with actions:
    said.show("builder")
