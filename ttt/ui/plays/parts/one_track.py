"""What stands beside the life of a track: values, places, what follows and what is like it."""

from collections.abc import Sequence

import streamlit as st

from ttt import words
from ttt.chartdata import Caption, Of
from ttt.music import Period
from ttt.services.lists import lists
from ttt.services.person import Person
from ttt.services.plays.frame import Span
from ttt.services.plays.measures import life, tops
from ttt.services.sound import known, neighbours
from ttt.services.top import lines
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import process, reads
from ttt.ui.plays import make, panel, rows
from ttt.ui.plays.history import History
from ttt.ui.plays.start import behind
from ttt.ui.tracks import cards, values

_ALIKE = 5


def show(person: Person, plays: History, key: int, span: Span | None = None) -> None:
    """Where it stands, its values, and what follows it in a span."""
    title, _, face = tops.named(plays.frame, Of.TRACKS, key)
    uri = plays.frame.tracks.uri[face]
    if uri:
        link = f"https://open.spotify.com/track/{uri.rpartition(':')[2]}"
        st.link_button("Open in Spotify", link, icon=":material/open_in_new:")
        make.offer(person, [uri], title, "one")
        _stands(person, _uris(plays, key))
    if (row := _row(person, uri)) is not None:
        values.of_one(person, row)
    _after(plays, key, span)


def alike(person: Person, plays: History, key: int) -> None:
    """Tracks that sound most like it, as far as it has values."""
    uri = plays.frame.tracks.uri[tops.named(plays.frame, Of.TRACKS, key)[2]]
    if (row := _row(person, uri)) is not None:
        _alike(person, row, plays)


def _after(plays: History, key: int, span: Span | None) -> None:
    after = panel.measured(
        ("after", plays.stamp, key, span.key if span else ""),
        lambda: life.right_after(plays.frame.within(span) if span else plays.frame, key),
    )
    name, empty, tracks = "Heard right after", "Nothing follows it yet", plays.frame.tracks
    if not after.rows:
        st.html(panel.html(name, after.caption, rows.html((), empty)))
        return
    shown = rows.stories(after, tracks)
    panel.show(panel.listed(name, after, shown, empty, tracks=tracks))


def _row(person: Person, uri: str | None) -> TrackRow | None:
    """The track as lists show it; None for one that Spotify does not have."""
    if not uri:
        return None
    spotify_id = uri.rpartition(":")[2]
    return known.rows(process.context(), person, [spotify_id]).get(spotify_id)


def _uris(plays: History, key: int) -> list[str]:
    """All that Spotify calls it."""
    tracks = plays.frame.tracks
    every = (tracks.uri[place] for place in (tracks.recording == key).nonzero()[0])
    return [uri for uri in every if uri]


def _stands(person: Person, uris: Sequence[str]) -> None:
    """Its places on Spotify's own lists since they are kept, and the lists that hold it."""
    context, tops = process.context(), reads.top_lists(person)
    places = panel.measured(
        ("places", person.id, person.revision, *uris),
        lambda: lines.of_track(context, person, uris),
    )
    told = [
        f"Spotify, {period.label.lower()}: {_place(top, uris, places[period])}"
        for period in Period
        if (top := tops.get(period)) is not None and top.rows
    ]
    held = [one.name for one in lists.holding(context, person, uris)]
    sentence = f"On {words.listed(held)}" if held else "On none of your lists"
    panel.show(panel.said("Where it stands", Caption(sentence, "", "")))
    if told:
        st.caption("  \n".join(told))


def _place(top: TopList, uris: Sequence[str], line: Sequence[int | None]) -> str:
    """Where it is now, and how it got there."""
    rank = next((row.rank for row in top.rows if row.uri in uris), None)
    now = f"place {rank}" if rank else f"not among its {len(top.rows)}"
    before = lines.words(line) if len(line) > 1 else ""
    return f"{now} · {before}" if before else now


def _alike(person: Person, row: TrackRow, plays: History) -> None:
    """Tracks that sound most like it."""
    context = process.context()
    ids = neighbours.like(context, row, _ALIKE)
    found = list(known.rows(context, person, ids).values())
    if found:
        closest = Caption(neighbours.closest(row, found[0]), "", "")
        panel.show(panel.said("Sounds like it", closest))
        cards.found(found, heard=behind.heard(plays))
