"""What stands beside the life of a track: values, places, what follows and what is like it."""

import streamlit as st

from ttt.chartdata import Caption, Of
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.plays.measures import life, tops
from ttt.services.sound import known, neighbours
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import process, reads
from ttt.ui.plays import make, panel, rows
from ttt.ui.plays.history import History
from ttt.ui.tracks import cards, values

_ALIKE = 5


def show(person: Person, plays: History, key: int) -> None:
    """All of it, as far as it is known."""
    title, _, face = tops.named(plays.frame, Of.TRACKS, key)
    uri = plays.frame.tracks.uri[face]
    row = _row(person, uri)
    if uri:
        link = f"https://open.spotify.com/track/{uri.rpartition(':')[2]}"
        st.link_button("Open in Spotify", link, icon=":material/open_in_new:")
        make.offer(person, [uri], title, "one")
        _stands(person, uri)
    after = panel.measured(("after", plays.stamp, key), lambda: life.right_after(plays.frame, key))
    panel.heading("Heard right after", after.caption)
    found = rows.stories(after.rows, plays.frame.tracks)
    rows.show(found, "Nothing follows it yet")
    if row is not None:
        values.panel(person, [row], [row.uri])
        _alike(person, row)


def _row(person: Person, uri: str | None) -> TrackRow | None:
    """The track as lists show it; None for one that Spotify does not have."""
    if not uri:
        return None
    spotify_id = uri.rpartition(":")[2]
    return known.rows(process.context(), person, [spotify_id]).get(spotify_id)


def _stands(person: Person, uri: str) -> None:
    """Its place on Spotify's own lists, and whether it is saved."""
    lists = reads.top_lists(person)
    lines = []
    for period in Period:
        top = lists.get(period)
        if top is not None and top.rows:
            rank = next((row.rank for row in top.rows if row.uri == uri), None)
            place = f"place {rank}" if rank else f"not among its {len(top.rows)}"
            lines.append(f"Spotify, {period.label.lower()}: {place}")
    saved = any(row.uri == uri for row in reads.trending_list(person))
    lines.append(f"Trending: {'saved' if saved else 'not saved'}")
    sentence = "Saved by you" if saved else "Not saved by you"
    panel.heading("Where it stands", Caption(sentence, "", ""))
    st.caption("  \n".join(lines))


def _alike(person: Person, row: TrackRow) -> None:
    """Tracks that sound most like it."""
    context = process.context()
    ids = neighbours.like(context, row, _ALIKE)
    found = list(known.rows(context, person, ids).values())
    if found:
        panel.heading("Sounds like it", Caption(neighbours.why(row, found[0]), "", ""))
        cards.found(found)
