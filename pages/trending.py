"""Saved tracks: one's own lists, those that others share, and everybody's newest."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.frame import layout, navigation, reads
from ttt.ui.lists import adding, lists, track_lists, tracklist
from ttt.ui.plays.start import behind
from ttt.ui.spotify import connected
from ttt.ui.tracks import chosen, example, filters, headline, panels
from ttt.ui.work import background, files, imports

person = session.require_user()
connection = reads.connection(person)
what = "Tracks to keep an eye on, yours and everyone's"
layout.head("Trending", connected.with_demo(what, connection))
choices = layout.choices()
with choices:
    shown = track_lists.choose(person)

past = imports.past(person, shown.id) if shown else []
with layout.at_times():
    if editable := (shown is not None and shown.can_edit):
        adding.form(person, connection, shown.id, past)
        person = lists.describe_pending(person, connection, shown.id)
saved = reads.tracks_of(person, shown) if shown else reads.everyones()
key = f"list-{shown.id if shown else track_lists.EVERYONES}"
if not saved:
    tracklist.show(tracklist.Shown((), 0, key, shown))
    with example.around("Nothing here yet", lists.nothing_saved(editable)):
        st.page_link(navigation.page("top-tracks"), label="Go to top tracks")
    st.stop()

wanted = chosen.now()
every, rows = wanted.narrowed(saved), wanted.among(saved)
with layout.at_times():
    background.progress(person, saved)
with choices:
    filters.bar(saved, key, wanted)
    chosen.chips(wanted, len(every), len(rows))
chosen.stop_when_empty(rows)
headline.show(rows, None)
listed, charts = layout.beside(len(every), panels.ALL)
with listed:
    tracklist.show(
        tracklist.Shown(
            *(rows, len(saved), key, shown),
            marked=bool(wanted.marked),
            extra=behind.pages(person),
        )
    )
tops = {period: wanted.narrowed(top.rows) for period, top in reads.top_lists(person).items()}
panels.charts(charts, every, None, tops, wanted)
if shown:
    panels.folded_flow(rows)
    files.download(saved, shown)
    imports.history(past)
