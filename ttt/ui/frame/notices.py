"""Short messages: errors in words, receipts, the demo banner, and what to do next."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from ttt.errors import (
    InvalidInput,
    NotAllowed,
    NotConnected,
    NotFound,
    RateLimited,
    ReconnectNeeded,
    ScopeMissing,
    SpotifyError,
    StoreError,
    TooManyTries,
    TTTError,
)
from ttt.services.explain import explain
from ttt.services.person import Person
from ttt.services.spotify.permissions import Purpose
from ttt.services.spotify.spotify import Connection
from ttt.services.tables.receipt import Receipt, Refusal
from ttt.services.top.top_tracks import TopList
from ttt.ui.frame import browser, kept, navigation

# Last.fm's terms ask for it beside what comes from there.
LASTFM_CREDIT = "[powered by AudioScrobbler](https://www.last.fm)"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What Streamlit makes a link even where it is escaped, unless something stands in between.
_ADDRESS = re.compile(r"(?<=https:)//|(?<=http:)//|(?<=www)\.|@", re.IGNORECASE)
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
    calm = "".join(c for c in words if c not in _TURNING)
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


def reconnect() -> None:
    """Say that the connection has ended."""
    trouble(ReconnectNeeded())


def unread(count: int, what: str, of: int | None = None) -> None:
    """Say how many rows of an answer could not be read; nothing when all were."""
    if count:
        among = f" of {of}" if of else ""
        st.caption(f"{count}{among} {what} could not be read.")


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
    """Offer what cannot be undone: say what it costs, and be told yes."""
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


def blocked(until: datetime, quota_used_up: bool) -> None:
    """Say until when Spotify wants to be left alone."""
    trouble(RateLimited(until, quota_used_up))


def with_demo(line: str, connection: Connection | None) -> str:
    """A line of Markdown that also says where what is shown comes from the demo."""
    if connection is None or not connection.demo:
        return line
    return f"{line} · Demo data of a made-up listener".removeprefix(" · ")


def what_is_asked() -> None:
    """Say what the app does with a connection, before it is made."""
    st.caption(
        "It reads your name, your top tracks, your playlists, what plays and what you played, and "
        "keeps a record of your plays. It changes nothing at Spotify but what you press a button "
        "for: a private playlist that you send, and what plays. The token is kept encrypted on "
        "this server; “Disconnect” deletes it."
    )


def connection_state(connection: Connection) -> None:
    """Say how the person is connected, for how long, and what is in the way."""
    zone = browser.zone()
    st.markdown(f"Connected as **{plain(connection.display_name)}**")
    if not connection.usable:
        st.warning(plain(str(explain(ReconnectNeeded()))), icon=":material/info:")
    if connection.blocked_until is not None:
        blocked(connection.blocked_until, connection.quota_used_up)
    st.caption(
        f"Authorized {connection.authorized_at.astimezone(zone):%d %b %Y}; Spotify asks for a "
        f"new authorization after six months, about {connection.ends_at.astimezone(zone):%d %b %Y}."
    )


def permitted(connection: Connection | None, purpose: Purpose) -> bool:
    """Whether the person's connection allows this; if not, say what to do instead."""
    if connection is not None and connection.usable and connection.allows(purpose):
        return True
    verb = "Connect" if connection is None else "Reconnect"
    st.caption(f"{verb} Spotify to allow {purpose}.")
    st.page_link(navigation.page("spotify"), label="Go to Spotify", icon=":material/arrow_forward:")
    return False


def nothing_yet(top: TopList) -> None:
    """Empty state of a top list."""
    if top.taken_at is None:
        st.info("No list has been fetched yet. Press “Refresh”.")
    else:
        st.info("Spotify knows no top tracks for this period yet. Listen, and come back.")


def nothing_saved(mine: bool) -> str:
    """What to say of an empty list."""
    if mine:
        return "Your list is empty. Search or paste links above, or pick from your top tracks."
    return "Nobody on this server has saved a track yet."


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


_SHOWN_REFUSALS = 20
