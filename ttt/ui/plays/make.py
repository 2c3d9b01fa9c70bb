"""What can be made of tracks that were heard: a list, a draft, a playlist, or sound right now."""

from collections.abc import Sequence

import streamlit as st

from ttt.errors import TTTError
from ttt.services.lists import entries
from ttt.services.lists import lists as track_lists
from ttt.services.person import Person
from ttt.ui.builder import drafts
from ttt.ui.frame import notices, process
from ttt.ui.spotify import out

_MOST = 100
_DRAFT = "Order and change them in the builder first"


def offer(person: Person, uris: Sequence[str | None], name: str, key: str) -> None:
    """Offer it for those of the tracks that Spotify has."""
    known = [uri for uri in uris if uri][:_MOST]
    if not known:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"make-{key}"):
        if _button(notices.about("Make a list", name), ":material/playlist_add:", f"list of {key}"):
            _make(person, known, name)
        if _button(
            notices.about("Draft", name), ":material/queue_music:", f"draft of {key}", _DRAFT
        ):
            drafts.take(person, known, name)
        out.alone(person, known, (), key, name)


def _button(label: str, icon: str, key: str, help_: str | None = None) -> bool:
    return st.button(label, icon=icon, type="tertiary", key=key, help=help_)


def _make(person: Person, uris: Sequence[str], name: str) -> None:
    context = process.context()
    try:
        list_id = track_lists.create(context, person, name)
        # The first comes out on top.
        receipt = entries.add_uris(context, person, list(reversed(uris)), list_id)
    except TTTError as error:
        notices.trouble(error)
        return
    st.toast(f"“{name}” has {receipt.added} tracks now. You find it under Trending.")
