"""How to get one's history from where it is."""

from html import escape

import streamlit as st

from ttt.ui.frame.listing import sections

_WAYS = (
    (
        "Spotify, all years",
        "spotify.com/account/privacy: tick Extended streaming history, confirm by mail",
        "some days, 30 at most",
    ),
    ("Spotify, last year", "The same page, Account data", "about 5 days"),
    ("Last.fm", "lastfm.ghan.nl: type your name there, wait, save CSV or JSON", "minutes"),
    ("ListenBrainz", "Settings, Export data", "minutes to hours"),
    ("Maloja, Koito", "Export in the admin panel or in the settings", "at once"),
    ("Pano Scrobbler", "Settings, Export (the one with .jsonl)", "at once"),
    ("Rockbox and others", "The file .scrobbler.log on the player", "at once"),
    (
        "Apple Music",
        "privacy.apple.com: Apple Media Services; unpack it once, bring Apple Music Play Activity",
        "about a week",
    ),
    ("YouTube Music", "takeout.google.com: only YouTube, there only history", "hours"),
    ("Anything else", "A CSV with times, titles and artists, or with Spotify links", "at once"),
)


def show(is_new: bool) -> None:
    """Say where to get a history: openly to whoever has none here, else folded away."""
    label = "How to get your history"
    if is_new:
        sections.heading(label, "Ask for it today: it takes a while to come")
        st.html(_list())
        return
    place = st.expander(label, on_change="rerun", key="getting")
    if place.open:
        place.html(_list())


def _list() -> str:
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(how)}<small>{escape(how_long)}</small></dd></div>"
        for name, how, how_long in _WAYS
    )
    return f'<dl class="ttt-ways">{items}</dl>'
