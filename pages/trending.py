"""Saved tracks: one's own list, and everybody's."""

import streamlit as st

from ttt.ui import adding, files, lists, notices, panels, reads, session, table

person = session.require_user()
connection = reads.connection(person)
st.title("Trending", anchor=False)
notices.demo_banner(connection)

view = st.segmented_control(
    "Whose",
    ["Mine", "Everyone's"],
    default="Mine",
    required=True,
    label_visibility="collapsed",
    key="whose",
)
if view == "Mine":
    adding.form(person)
    lists.undo_bar(person)
    lists.describe_pending(person, connection)
mine = view == "Mine"
every = reads.trending_list(session.require_user()) if mine else reads.everyones()
if not every:
    notices.nothing_saved(mine)
    if mine:
        files.upload(person)
    st.stop()

tops = {period: top.rows for period, top in reads.top_lists(person).items()}
panels.headline(every, None)
rows = lists.narrowed(every, panels.charts(every, None, tops, f"trending-{view}"))

title, action = st.columns([1, 1], vertical_alignment="bottom")
title.subheader("Tracks", anchor=False)
title.caption(lists.count(rows, every))
selected = table.show(rows, f"table-{view}-{len(rows)}-{person.revision}")
with action, st.container(horizontal=True, horizontal_alignment="right"):
    if mine:
        lists.remove_buttons(person, selected, len(every))
    else:
        lists.add_button(person, selected)
if mine:
    files.download(every)
    files.upload(person)
