"""Saved tracks: one's own lists, those that others share, and everybody's newest."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.frame import notices, reads
from ttt.ui.lists import adding, arranging, lists, track_lists
from ttt.ui.spotify import out
from ttt.ui.tracks import filters, panels, table, values
from ttt.ui.work import background, files

person = session.require_user()
connection = reads.connection(person)
st.title("Trending", anchor=False)
notices.demo_banner(connection)
shown = track_lists.choose(person)
under_title = st.container()

if editable := (shown is not None and shown.can_edit):
    adding.form(person, connection, shown.id)
    arranging.undo_bar(person)
    lists.describe_pending(person, connection, shown.id)
person = session.require_user()
saved = reads.tracks_of(person, shown) if shown else reads.everyones()
if not saved:
    notices.nothing_saved(editable)
    files.upload(person, shown)
    st.stop()

with under_title:
    background.progress(person, saved)
key = f"list-{shown.id if shown else track_lists.EVERYONES}"
fitting = filters.bar(saved, key, person, shown)
every = fitting(saved)
filters.stop_when_empty(every)
tops = {period: fitting(top.rows) for period, top in reads.top_lists(person).items()}
panels.headline(every, None)
rows = panels.charts(every, None, tops, key).among(every)

action = lists.heading(rows, every)
selected = table.show(rows, key, ticked=len(rows) < len(every))
with action:
    out.offer(person, selected, rows, key)
    lists.actions(person, shown, selected, len(saved))
values.panel(person, rows, selected, own=shown is not None and shown.mine)
if shown:
    arranging.note(person, shown, rows, selected)
    panels.folded_flow(rows)
    files.download(saved, shown)
files.upload(person, shown)
