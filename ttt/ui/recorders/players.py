"""Players that send what they play: their tokens, and what to type into them."""

import streamlit as st

from ttt.errors import InvalidInput, StoreError
from ttt.services.person import Person
from ttt.services.recorders.players import tokens
from ttt.services.recorders.players.tokens import MadeToken, Token
from ttt.ui.frame import kept, layout, notices, process
from ttt.ui.frame.listing import sections, times
from ttt.ui.frame.listing.once import Once
from ttt.ui.recorders import relaying, setting_up

_MADE = Once[MadeToken]("player token")
_FORM = "new player"


def show(person: Person) -> None:
    """All tokens, a form for a new one, and the one that was just made."""
    context = process.context()
    every = tokens.listed(context, person)
    sections.heading("Players", _sentence(every))
    if (playing := tokens.playing(context, person)) is not None:
        sections.small(f"Playing now: {playing.title} by {playing.artist}, says {playing.by}.")
    with st.container(gap=None, key="players"):
        for token in every:
            _row(person, token)
    if (made := _MADE.made()) is not None:
        name, secret = f"Token of {made.name}", made.token
        _MADE.show(name, "Copy it now", secret, lambda: setting_up.show(person))
    place = layout.fold("Add a player", ":material/add:", "adding player")
    if place is not None:
        with place:
            _new(person)
    sections.small(
        "Navidrome, Jellyfin, Pano Scrobbler, Web Scrobbler, multi-scrobbler, and whatever else "
        "can send to a ListenBrainz server of one's own."
    )
    relaying.show(person, players=bool(every))


def _sentence(every: list[Token]) -> str:
    if not every:
        return "Let a player send what it plays"
    return "One player may send" if len(every) == 1 else f"{len(every)} players may send"


def _row(person: Person, token: Token) -> None:
    used = f"last used {times.ago(token.used_at)}" if token.used_at else "never used yet"
    words = f"{token.begins}… · made {times.day(token.created_at)} · {used}"
    with sections.row(f"token-{token.id}", token.name, words):
        cost = "The player with this token can no longer send plays. What it sent so far stays."
        if notices.asked(
            "Revoke", cost, "Yes, revoke", key=str(token.id), small=True, what=token.name
        ):
            _revoke(person, token)


def _revoke(person: Person, token: Token) -> None:
    with notices.in_words(f"{token.name} can no longer send plays."):
        tokens.revoke(process.context(), person, token.id)
        _MADE.forget(lambda made: made.token.startswith(token.begins))


def _new(person: Person) -> None:
    with st.form(_FORM, border=False):
        name = st.text_input(
            "Name of the player",
            max_chars=tokens.LONGEST_NAME,
            placeholder="Navidrome, living room",
            key=kept.key(_FORM),
        )
        if st.form_submit_button("New token", type="primary"):
            _make(person, name)


def _make(person: Person, name: str) -> None:
    with notices.telling(InvalidInput, StoreError):
        _MADE.keep(tokens.make(process.context(), person, name))
        kept.taken(_FORM)
        st.rerun()
