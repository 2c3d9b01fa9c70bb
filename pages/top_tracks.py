"""Top tracks of the three periods."""

import streamlit as st

from ttt.music import Period
from ttt.ui.accounts import session
from ttt.ui.frame import layout, reads
from ttt.ui.lists import lists, tracklist
from ttt.ui.plays.start import behind
from ttt.ui.spotify import connected, connecting
from ttt.ui.tracks import chosen, example, filters, headline, panels
from ttt.ui.work import background

person = session.require_user()
connection = reads.connection(person)
head, waits = lists.head()
if connection is None:
    head.caption("What you play most: in 4 weeks, 6 months and a year")
    with example.around("Nothing here yet", "Connect Spotify to see what you play most."):
        connecting.connect_button(person, "Connect Spotify")
        connected.what_is_asked()
    st.stop()

with layout.at_times():
    person = lists.refresh_when_stale(person, connection, waits)
    # Only now: on a phone it covers the sign that Spotify is asked.
    connecting.welcome()
period, wanted = lists.period(), chosen.now()
tops = reads.top_lists(person)
top = tops[period]
head.caption(connected.with_demo(lists.state(top, connection), connection))

shown = {p: wanted.narrowed(each.rows) for p, each in tops.items()}
every, rows = shown[period], wanted.among(top.rows)
with layout.choices():
    lists.choose_period(period)
    filters.bar([row for each in tops.values() for row in each.rows], "top", wanted)
    chosen.chips(wanted, len(every), len(rows))
    st.space("stretch")
    lists.refresh_button(person, connection)
if not top.rows:
    lists.nothing_yet(top)
    st.stop()
with layout.at_times():
    background.progress(person, top.rows)
chosen.stop_when_empty(rows)
year = Period.LONG_TERM
headline.show(rows, shown[year] if period is not year else None)
listed, charts = layout.beside(len(every), panels.ALL)
with listed:
    view = tracklist.Shown(
        *(rows, len(top.rows), f"top-{period}"),
        marked=bool(wanted.marked),
        extra=behind.columns(person, top),
    )
    tracklist.show(view)
panels.charts(charts, every, shown[year] if period is not year else None, shown, wanted)
