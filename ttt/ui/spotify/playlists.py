"""Playlists at Spotify: sending one, the history of those sent, and taking one's own from there."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from ttt.errors import InvalidInput, SpotifyError, StoreError, TTTError
from ttt.found import FoundPlaylist
from ttt.jobs import queue
from ttt.services.explain import clock, clock_after
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists
from ttt.services.playlists.own import Comparison
from ttt.services.playlists.playlists import Sent, State
from ttt.ui.accounts import session
from ttt.ui.frame import browser, kept, labels, layout, notices, process, reads
from ttt.ui.work import receipts

_EVERY = timedelta(seconds=2)
_OFF = "Playlists are sent in the background, which is switched off on this server."
_SHOWN = 20
_NAMED = 10
_OWN = "own playlists"


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
    if notices.permitted(reads.connection(person), "playlists"):
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
    st.caption(f"{_tracks(len(uris))}, as a private playlist")
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
        st.markdown(
            f"**{name}** is at Spotify, with {_tracks(sent.length)}. [Open in Spotify]({sent.link})"
        )
    elif sent.state is State.FAILED:
        st.warning(f"**{name}** was not finished. {notices.plain(sent.error or '')}")
    else:
        st.caption(f"**{name}**: {_progress(sent)}")


def _progress(sent: Sent) -> str:
    if sent.wait_until is not None:
        return f"Spotify is asked again after {clock_after(sent.wait_until, browser.zone())}"
    return f"{sent.added} of {_tracks(sent.length)} sent"


def history(person: Person) -> None:
    """The playlists that were sent: make again, compare with now, finish what stopped."""
    sent = playlists.history(process.context(), person, _SHOWN)
    if not sent:
        return
    st.header("Playlists sent", anchor=False)
    for playlist in sent:
        _entry(person, playlist)


def _entry(person: Person, sent: Sent) -> None:
    about = [_tracks(sent.length), clock(sent.created_at, browser.zone()), _standing(sent)]
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
    said = [f"At Spotify now: {_tracks(compared.length)}."]
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


def pick(person: Person, list_id: int | None = None) -> None:
    """Put all tracks of one of the person's own playlists on a list."""
    place = st.popover(
        "From a Spotify playlist",
        icon=":material/queue_music:",
        key=kept.around(_OWN),
        on_change="rerun",
    )
    if place.open:
        with place:
            if notices.permitted(reads.connection(person), "playlists"):
                _pick(person, list_id)


def _pick(person: Person, list_id: int | None) -> None:
    try:
        with notices.waiting("Asking Spotify for your playlists …"):
            own = reads.own_playlists(person)
    except SpotifyError as error:
        notices.trouble(error)
        return
    notices.unread(own.unread, "playlists")
    if not own.playlists:
        st.caption("You own no playlist at Spotify yet.")
        return
    names = labels.apart({playlist: _label(playlist) for playlist in own.playlists})
    # One below the other: beside the button a phone has no room for how many tracks there are.
    playlist = kept.choice(
        *("Playlist", own.playlists, "own playlist", "own playlist"),
        name=names.__getitem__,
        known_by=lambda playlist: playlist.spotify_id,
    )
    if st.button("Add all its tracks", icon=":material/add:", key=f"add all {list_id}"):
        _add_all(person, playlist, list_id)
    receipts.show("playlist")


def _add_all(person: Person, playlist: FoundPlaylist, list_id: int | None) -> None:
    try:
        with notices.waiting("Reading the playlist …"):
            name = playlist.name or "Playlist"
            taken = own_playlists.add_all(
                process.context(), person, playlist.spotify_id, list_id, name
            )
    except (SpotifyError, StoreError) as error:
        notices.trouble(error)
        return
    receipts.keep("playlist", taken.receipt)
    if taken.receipt.import_id is not None:
        kept.taken(_OWN)  # its receipt lies under what opened
    if taken.unread:
        most = own_playlists.MOST_READ
        st.toast(f"Only its first {most:,} rows were read; {taken.unread:,} were left out.")
    st.rerun()


def _label(playlist: FoundPlaylist) -> str:
    name = notices.line(playlist.name) or "without a name"
    return name if playlist.length is None else f"{name} · {_tracks(playlist.length)}"


def _tracks(count: int) -> str:
    return f"{count:,} {'track' if count == 1 else 'tracks'}"
