"""Saved tracks: one's own list, and everybody's."""

import streamlit as st

from ttt.services.genres import having
from ttt.ui import (
    adding,
    background,
    files,
    genres,
    lists,
    notices,
    panels,
    reads,
    session,
    table,
    values,
)

person = session.require_user()
connection = reads.connection(person)
st.title("Trending", anchor=False)
notices.demo_banner(connection)
under_title = st.container()

mine = lists.choose_whose()
if mine:
    adding.form(person, connection)
    lists.undo_bar(person)
    lists.describe_pending(person, connection)
person = session.require_user()
saved = reads.trending_list(person) if mine else reads.everyones()
if not saved:
    notices.nothing_saved(mine)
    if mine:
        files.upload(person)
    st.stop()

with under_title:
    background.progress(person, saved)
wanted = genres.choose(saved, f"genres-mine-{mine}")
every = having(saved, wanted)
tops = {period: having(top.rows, wanted) for period, top in reads.top_lists(person).items()}
panels.headline(every, None)
rows = lists.narrowed(every, panels.charts(every, None, tops, f"trending-mine-{mine}"))

action = lists.heading(rows, every)
selected = table.show(rows, f"table-mine-{mine}")
with action:
    if mine:
        lists.remove_buttons(person, selected, len(saved))
    else:
        lists.add_button(person, selected)
values.panel(person, rows, selected, own=mine)
if mine:
    files.download(saved)
    files.upload(person)
