"""What can be made of tracks that were heard: a list, a draft, a playlist, or sound right now."""

from collections.abc import Sequence

import streamlit as st

from ttt import words
from ttt.errors import TTTError
from ttt.services.lists import entries
from ttt.services.lists import lists as track_lists
from ttt.services.person import Person
from ttt.ui.builder import drafts
from ttt.ui.frame import layout, notices, process
from ttt.ui.spotify import out

_MOST = 100
_DRAFT = "Order and change them in the builder first"


def offer(person: Person, uris: Sequence[str | None], name: str, key: str) -> None:
    """Offer it under a button, for those of the tracks that Spotify has."""
    known = [uri for uri in uris if uri][:_MOST]
    if not known:
        return
    what, opened = "Use this track" if len(known) == 1 else "Use these tracks", f"use-{key}"
    label = notices.about(what, name)
    place = layout.popover(label, ":material/arrow_outward:", opened, quiet=True, name=opened)
    if place is None:
        return
    with place.container(key=f"make-{key}"):
        if _button("Make a list", ":material/playlist_add:", f"list of {key}"):
            _make(person, known, name)
        if _button("Draft", ":material/edit_note:", f"draft of {key}", _DRAFT):
            drafts.take(person, known, name)
        out.folds(person, known, key)


def _button(label: str, icon: str, key: str, help_: str | None = None) -> bool:
    return st.button(label, icon=icon, key=key, help=help_, width="stretch")


def _make(person: Person, uris: Sequence[str], name: str) -> None:
    context = process.context()
    with notices.telling(TTTError):
        list_id = track_lists.create(context, person, name)
        # The first comes out on top.
        receipt = entries.add_uris(context, person, list(reversed(uris)), list_id)
        count = words.counted(receipt.added, "track")
        st.toast(f"“{name}” has {count} now. You find it under Trending.")
