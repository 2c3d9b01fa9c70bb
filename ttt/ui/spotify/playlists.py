"""Playlists at Spotify: sending one, and the history of those that were sent."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from ttt import words
from ttt.errors import InvalidInput, SpotifyError, StoreError, TTTError
from ttt.jobs import queue
from ttt.services.explain import clock, clock_after
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists
from ttt.services.playlists.own import Comparison
from ttt.services.playlists.playlists import Sent, State
from ttt.ui.accounts import session
from ttt.ui.frame import browser, layout, notices, process, reads
from ttt.ui.spotify import connected

_EVERY = timedelta(seconds=2)
_OFF = "Playlists are sent in the background, which is switched off on this server."
_SHOWN = 20
_NAMED = 10


def send(person: Person, uris: Sequence[str], key: str) -> None:
    """Name a private playlist and send tracks to it; say how far that is."""
    name = f"playlist-{key}"
    place = layout.popover("Playlist", ":material/queue_music:", name, quiet=True, name=name)
    if place is not None:
        with place:
            _permitted(person, uris, key)


def fold(person: Person, uris: Sequence[str], key: str) -> None:
    """The same, unfolding within something that opens."""
    place = layout.fold("Playlist", ":material/queue_music:", f"playlist-{key}")
    if place is not None:
        with place:
            _permitted(person, uris, key)


def _permitted(person: Person, uris: Sequence[str], key: str) -> None:
    if connected.permitted(reads.connection(person), "playlists"):
        _form(person, uris, key)
        _follow(person, st.session_state.get(f"sent {key}"))


def _form(person: Person, uris: Sequence[str], key: str) -> None:
    context = process.context()
    if context.settings.jobs == "off":
        st.caption(_OFF)
        return
    name = st.text_input(
        "Name",
        placeholder=playlists.default_name(context, person),
        max_chars=playlists.LONGEST_NAME,
        key=f"name-{key}",
    )
    st.caption(f"{words.counted(len(uris), 'track')}, as a private playlist")
    if st.button("Send to Spotify", type="primary", disabled=not uris, key=f"send-{key}"):
        try:
            sent = playlists.send(context, person, uris, name)
        except (InvalidInput, SpotifyError, StoreError) as error:
            notices.trouble(error)
        else:
            queue.send_playlist(context, person, sent)
            st.session_state[f"sent {key}"] = sent.id


def _follow(person: Person, playlist_id: int | None) -> None:
    if playlist_id is None:
        return
    sent = playlists.find(process.context(), person, playlist_id)
    if _goes_on(sent):
        _wait(person, playlist_id)
    else:
        _tell(sent)


@st.fragment(run_every=_EVERY)
def _wait(person: Person, playlist_id: int) -> None:
    session.recheck()
    sent = playlists.find(process.context(), person, playlist_id)
    if not _goes_on(sent):
        st.rerun()
    _tell(sent)


def _goes_on(sent: Sent) -> bool:
    return sent.state in {State.WAITING, State.FILLING}


def _tell(sent: Sent) -> None:
    name = notices.plain(sent.name)
    if sent.state is State.DONE:
        count = words.counted(sent.length, "track")
        st.markdown(f"**{name}** is at Spotify, with {count}. [Open in Spotify]({sent.link})")
    elif sent.state is State.FAILED:
        st.warning(f"**{name}** was not finished. {notices.plain(sent.error or '')}")
    else:
        st.caption(f"**{name}**: {_progress(sent)}")


def _progress(sent: Sent) -> str:
    if sent.wait_until is not None:
        return f"Spotify is asked again after {clock_after(sent.wait_until, browser.zone())}"
    return f"{sent.added} of {words.counted(sent.length, 'track')} sent"


def history(person: Person) -> None:
    """The playlists that were sent: make again, compare with now, finish what stopped."""
    sent = playlists.history(process.context(), person, _SHOWN)
    if not sent:
        return
    st.header("Playlists sent", anchor=False)
    for playlist in sent:
        _entry(person, playlist)


def _entry(person: Person, sent: Sent) -> None:
    about = [
        words.counted(sent.length, "track"),
        clock(sent.created_at, browser.zone()),
        _standing(sent),
    ]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{notices.plain(sent.name)}**  \n{' · '.join(about)}", width="stretch")
            _actions(person, sent)
        compared: Comparison | TTTError | None = st.session_state.get(f"compared {sent.id}")
        if isinstance(compared, TTTError):
            notices.trouble(compared)
        elif compared is not None:
            _difference(compared)


def _standing(sent: Sent) -> str:
    match sent.state:
        case State.DONE:
            return "sent"
        case State.FAILED:
            return notices.plain(f"stopped after {sent.added}: {sent.error}")
        case _:
            return _progress(sent)


def _button(label: str, icon: str, sent: Sent) -> bool:
    key = f"{label} {sent.id}"
    return st.button(notices.about(label, sent.name), icon=f":material/{icon}:", key=key)


def _actions(person: Person, sent: Sent) -> None:
    context = process.context()
    if sent.link:
        st.link_button(notices.about("Open", sent.name), sent.link, icon=":material/open_in_new:")
    stopped = sent.state is not State.DONE and not queue.is_sending(context, sent)
    if stopped and _button("Finish", "resume", sent):
        _start(person, lambda: playlists.resume(context, person, sent.id))
    if _button("Make again", "content_copy", sent):
        _start(person, lambda: playlists.again(context, person, sent.id))
    if sent.link and _button("Compare", "difference", sent):
        try:
            with notices.waiting("Comparing with what is at Spotify now …"):
                compared: Comparison | TTTError = own_playlists.compare(context, person, sent.id)
        except TTTError as error:
            compared = error
        st.session_state[f"compared {sent.id}"] = compared


def _start(person: Person, wanted: Callable[[], Sent]) -> None:
    with notices.telling(TTTError):
        queue.send_playlist(process.context(), person, wanted())
        st.rerun()


def _difference(compared: Comparison) -> None:
    said = [f"At Spotify now: {words.counted(compared.length, 'track')}."]
    if compared.gone:
        said.append(f"No longer there: {_named(compared.gone)}.")
    if compared.new:
        said.append(f"New there: {_named(compared.new)}.")
    if not compared.same_order:
        said.append("What is in both stands in another order.")
    elif not (compared.gone or compared.new):
        said.append("Nothing has changed since it was sent.")
    st.caption(" ".join(said))


def _named(labels: Sequence[str]) -> str:
    shown = "; ".join(notices.plain(label) for label in labels[:_NAMED])
    return shown if len(labels) <= _NAMED else f"{shown}; and {len(labels) - _NAMED} more"
