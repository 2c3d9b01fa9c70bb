"""Short messages: what went wrong or was done, what is waited for, and texts as they are."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Literal

import streamlit as st

from ttt.errors import (
    InvalidInput,
    NotAllowed,
    NotConnected,
    NotFound,
    ReconnectNeeded,
    ScopeMissing,
    SpotifyError,
    StoreError,
    TooManyTries,
    TTTError,
)
from ttt.services.explain import explain
from ttt.services.person import Person
from ttt.services.tables.receipt import Receipt, Refusal
from ttt.text import TURNING
from ttt.ui.frame import browser, kept, navigation
from ttt.words import counted

# Last.fm's terms ask for it beside what comes from there.
LASTFM_CREDIT = "[powered by AudioScrobbler](https://www.last.fm)"
# What Streamlit makes a link even where it is escaped, unless something stands in between.
_ADDRESS = re.compile(r"(?<=https:)//|(?<=http:)//|(?<=www)\.|@", re.IGNORECASE)
_SHOWN_REFUSALS = 20
_OFF = "Turned off in this server's settings."
_WORD_JOINER = "\u2060"
_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:^=&@/")


def plain(text: str) -> str:
    """Text as Markdown that shows it letter by letter and leaves its neighbours as they are."""
    words = _ADDRESS.sub(lambda sign: f"{_WORD_JOINER}{sign[0]}{_WORD_JOINER}", line(text))
    return "".join(f"\\{c}" if c in _MARKDOWN else c for c in words)


def line(text: str) -> str:
    """Text on one line that leaves its neighbours as they are, for where no Markdown is read."""
    words = " ".join(text.split())
    return words if words.isascii() else _isolated(words)


def _isolated(words: str) -> str:
    """Words that are written from right to left, without turning what stands beside them."""
    calm = "".join(c for c in words if c not in TURNING)
    to_the_left = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in calm)
    return f"\u2068{calm}\u2069" if to_the_left else calm


def trouble(error: TTTError) -> None:
    """Say what happened and what to do, with a link to where it can be done."""
    words = explain(error, browser.zone())
    st.warning(plain(str(words)), icon=":material/info:")
    if isinstance(error, ReconnectNeeded | ScopeMissing | NotConnected):
        label = "Connect Spotify" if isinstance(error, NotConnected) else "Reconnect Spotify"
        st.page_link(navigation.page("spotify"), label=label)


@contextmanager
def telling(*kinds: type[TTTError]) -> Iterator[None]:
    """Say what goes wrong in one of these ways, and leave out what would have come after it."""
    try:
        yield
    except kinds as error:
        trouble(error)


@contextmanager
def in_words(done: str, form: str = "") -> Iterator[None]:
    """Say that it is done and show the page anew, or what was in the way; a form keeps its text."""
    with telling(InvalidInput, NotAllowed, NotFound, SpotifyError, StoreError, TooManyTries):
        yield
        if form:
            kept.taken(form)
        st.toast(plain(done), icon=":material/check:")
        st.rerun()


@contextmanager
def told() -> Iterator[None]:
    """Say in passing why something was refused, and go on: of what is drawn anew right after."""
    try:
        yield
    except TTTError as error:
        st.toast(plain(str(explain(error, browser.zone()))), icon=":material/info:")


def why_off(reason: str, person: Person, name: str = "") -> str:
    """Why something is not asked, for those who can change it; for all others that it is off."""
    if person.is_admin:
        return reason
    return f"{name} is turned off in this server's settings." if name else _OFF


def unread(count: int, what: str, of: int | None = None) -> None:
    """Say how many rows of an answer could not be read; nothing when all were."""
    if count:
        told = f"{count} of {counted(of, what)}" if of else counted(count, what)
        st.caption(f"{told} could not be read.")


def about(label: str, what: str) -> str:
    """What a button is called that stands by several things alike, so that each name is another.

    The style sheet keeps coloured words of buttons unseen, as the eye sees what a button is by.
    """
    return f"{label} :gray[{plain(f'“{what}”')}]" if what else label


def asked(
    label: str,
    cost: str,
    yes: str,
    *,
    key: str = "",
    icon: str | None = None,
    small: bool = False,
    what: str = "",
) -> bool:
    """Offer what cannot be undone, and say what it costs; whether that was told yes."""
    kind: Literal["secondary", "tertiary"] = "tertiary" if small else "secondary"
    with st.popover(about(label, what), icon=icon, type=kind, key=f"ask {label} {key}"):
        st.markdown(cost)
        return st.button(yes, type="primary", key=f"yes {label} {key}")


@contextmanager
def waiting(words: str) -> Iterator[None]:
    """Say what is being waited for, where it will be shown, for as long as it lasts.

    It is there at once, unlike Streamlit's spinner, which comes after half a second; the style
    sheet keeps it unseen for the tenth of a second that most answers take.
    """
    place = st.empty()
    place.html(f'<p class="ttt-wait" role="status">{escape(words)}</p>')
    try:
        yield
    finally:
        place.empty()


def receipt(receipt: Receipt) -> None:
    """Say what was added, what was there already, and how much was refused."""
    there = receipt.already_there - receipt.repeated
    counts = [
        (receipt.added, "added"),
        (there, "already in your list"),
        (receipt.repeated, "repeated"),
        (len(receipt.waiting), "waiting"),
        (len(receipt.refused), "refused"),
    ]
    parts = [f"{count:,} {word}" for count, word in counts if count]
    say = st.success if receipt.added else st.info
    say(" · ".join(parts) or "Nothing to add: paste at least one link.")


def refusals(refused: Sequence[Refusal]) -> None:
    """Say which rows of a file were not taken, and why."""
    for refusal in refused[:_SHOWN_REFUSALS]:
        st.caption(plain(f"Row {refusal.row}: {refusal.reason}"))
    if len(refused) > _SHOWN_REFUSALS:
        st.caption(f"and {len(refused) - _SHOWN_REFUSALS} more")
