"""The start page of somebody without plays: what there is, what there will be, and how to begin."""

from collections.abc import Mapping, Sequence

import streamlit as st

from ttt.music import Period
from ttt.services.person import Person
from ttt.services.top import home
from ttt.services.top.home import NextStep
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.discover import play_counts
from ttt.ui.lists import lists
from ttt.ui.spotify import connected, connecting
from ttt.ui.tracks import cards, example
from ttt.ui.work import ways

_WORDS = (
    "Connect Spotify for your top tracks and for each play from now on, and bring your listening "
    "history for the years before."
)


def show(
    person: Person,
    tops: Mapping[Period, TopList],
    saved: Sequence[TrackRow],
    step: NextStep | None,
) -> None:
    """Lists where there are some; else the two ways to begin, over an example."""
    if step is NextStep.CONNECT and not saved:
        _ways_in(person)
        play_counts.on_home(person)
        return
    cards.next_step(step)
    ways.from_home(person)
    cards.of_periods(tops)
    left, right = st.columns(2, gap="medium")
    with left:
        top = tops[Period.SHORT_TERM]
        nothing = "Nothing yet: moves show from the second list on."
        cards.tracks("What moved", home.movers(top.rows), nothing, lists.since(top))
        play_counts.on_home(person)
    with right:
        nothing = "Nothing saved yet: add tracks on Trending."
        cards.tracks("Newest trending", home.newest(saved), nothing)


def _ways_in(person: Person) -> None:
    with example.around_plays("See what you really play", _WORDS):
        with st.container(
            horizontal=True, horizontal_alignment="center", vertical_alignment="center"
        ):
            connecting.connect_button(person, "Connect Spotify")
            ways.to_imports()
        connected.what_is_asked()
