"""The table of pages: path, title, icon and group of each."""

from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_FOLDER = Path(__file__).resolve().parents[3] / "pages"


class _Entry(NamedTuple):
    path: str
    title: str
    icon: str
    file: str
    group: str
    admins_only: bool = False
    linked: bool = False


NOW, OVER_TIME, MAKE, YOURS = "Now", "Over time", "Make", "Yours"
# In the order in which they are listed; a group is shown with its first page.
_TABLE = (
    _Entry("", "Home", ":material/home:", "home.py", ""),
    _Entry("top-tracks", "Top tracks", ":material/trophy:", "top_tracks.py", NOW),
    _Entry("trending", "Trending", ":material/trending_up:", "trending.py", NOW),
    _Entry("listening", "Listening", ":material/monitoring:", "listening.py", OVER_TIME),
    _Entry("mood", "Mood", ":material/water:", "mood.py", OVER_TIME),
    _Entry("my-charts", "My charts", ":material/format_list_numbered:", "my_charts.py", OVER_TIME),
    _Entry("discoveries", "Discoveries", ":material/auto_awesome:", "discoveries.py", OVER_TIME),
    _Entry("recap", "Recap", ":material/cards:", "recap.py", OVER_TIME),
    _Entry("together", "Together", ":material/group:", "together.py", OVER_TIME),
    _Entry("track", "Track", ":material/music_note:", "track.py", OVER_TIME, linked=True),
    _Entry("artist", "Artist", ":material/artist:", "artist.py", OVER_TIME, linked=True),
    _Entry("album", "Album", ":material/album:", "album.py", OVER_TIME, linked=True),
    _Entry("genre", "Genre", ":material/genres:", "genre.py", OVER_TIME, linked=True),
    _Entry("discover", "Discover", ":material/explore:", "discover.py", MAKE),
    _Entry("builder", "Builder", ":material/queue_music:", "builder.py", MAKE),
    _Entry("imports", "Imports", ":material/history:", "imports.py", YOURS),
    _Entry("spotify", "Spotify", ":material/link:", "spotify.py", YOURS),
    _Entry("account", "Account", ":material/person:", "account.py", YOURS),
    _Entry("admin", "Admin", ":material/shield_person:", "admin.py", YOURS, admins_only=True),
)


def paths() -> frozenset[str]:
    """Paths of all pages, "" for the first."""
    return frozenset(entry.path for entry in _TABLE)


def grouped(is_admin: bool) -> dict[str, list[StreamlitPage]]:
    """All pages by group, as the sidebar lists them."""
    groups: dict[str, list[StreamlitPage]] = {}
    for entry, page in zip(_TABLE, pages(is_admin), strict=True):
        groups.setdefault(entry.group, []).append(page)
    return groups


def pages(is_admin: bool) -> list[StreamlitPage]:
    """All pages; the admin page is not listed for members, and answers them itself.

    Nor are pages that need to be told of what, to which only links lead.
    """
    return [_page(e, hidden=e.linked or (e.admins_only and not is_admin)) for e in _TABLE]


def sign_in_pages(form: Callable[[], None]) -> list[StreamlitPage]:
    """The same paths, each showing the form, so that a deep link survives signing in."""
    return [
        st.Page(form, title=e.title, url_path=e.path, default=not e.path, visibility="hidden")
        for e in _TABLE
    ]


def page(path: str) -> StreamlitPage:
    """A page to link to, by its path."""
    return next(_page(entry) for entry in _TABLE if entry.path == path)


def _page(entry: _Entry, hidden: bool = False) -> StreamlitPage:
    # A copy, as each run notes in its own which of them it may call.
    return copy(_made(entry, hidden))


@cache
def _made(entry: _Entry, hidden: bool) -> StreamlitPage:
    return st.Page(
        _FOLDER / entry.file,
        title=entry.title,
        icon=entry.icon,
        url_path=entry.path,
        default=not entry.path,
        visibility="hidden" if hidden else "visible",
    )
