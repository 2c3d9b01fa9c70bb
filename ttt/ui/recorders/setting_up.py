"""What to type into which player."""

from typing import NamedTuple

import streamlit as st

from ttt.services.person import Person
from ttt.ui.frame import process
from ttt.ui.frame.listing import copying, sections

_PATH = "/apis/listenbrainz"


class _Player(NamedTuple):
    """`path` follows the server's address; `steps` say where both go, in Markdown."""

    path: str
    steps: str


_PLAYERS = {
    "Navidrome": _Player(
        f"{_PATH}/1/",
        "Start Navidrome with this address as `ND_LISTENBRAINZ_BASEURL` (or `ListenBrainz.BaseURL` "
        "in its file). Then open *Personal* in its menu, switch on *Scrobble to ListenBrainz*, and "
        "paste the token.",
    ),
    "Jellyfin": _Player(
        _PATH,
        "Install the plugin *ListenBrainz*. In its settings put this address into *ListenBrainz "
        "API URL*, choose your user, paste the token, press *Verify*, and save.",
    ),
    "Pano Scrobbler": _Player(
        f"{_PATH}/",
        "Open *Settings*, *Accounts*, *Custom ListenBrainz*. Type this address as *API URL*, and "
        "paste the token.",
    ),
    "Web Scrobbler": _Player(
        f"{_PATH}/1/submit-listens",
        "Open its *Options*, *Accounts*, and at *ListenBrainz* the *Properties*. Type this address "
        "as *API URL*, paste the token as *User token*, and save.",
    ),
    "multi-scrobbler": _Player(
        _PATH,
        "Give its ListenBrainz client this address as `url`, the token as `token`, and your "
        "username here as `username`, in `listenbrainz.json` with `configureAs: client`.",
    ),
    "Something else": _Player(
        _PATH,
        "Wherever it asks for the address of a ListenBrainz server (some add `/1/` by themselves, "
        "some want it there), and the token beside it.",
    ),
}


def show(person: Person) -> None:
    """Let somebody choose their player; say the address to type and where."""
    settings = process.context().settings
    name = st.selectbox("Which player?", list(_PLAYERS), key="which player") or "Something else"
    player = _PLAYERS[name]
    sections.small("Address")
    copying.show(f"{settings.base_url}{player.path}", "address")
    st.caption(player.steps)
    if settings.base_url.startswith(("http://127.", "http://localhost")):
        sections.small(
            "This address works on this machine only. Players elsewhere need the server's public "
            "one" + (", which TTT_PUBLIC_URL sets." if person.is_admin else ": ask your admin.")
        )
