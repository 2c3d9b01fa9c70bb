"""The element into which people drop a history, and which sends it in pieces."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ttt.services.person import Person
from ttt.services.plays.bringing import uploads
from ttt.services.plays.bringing.uploads import State
from ttt.services.recorders import state
from ttt.ui.frame import notices, process
from ttt.ui.frame.listing import elements, times

_KEY = "bring"
_SAID = "said of what was brought"
_HERE = Path(__file__).parent
_KINDS = (
    "Spotify, Last.fm, ListenBrainz, Maloja, Koito, Pano Scrobbler, Apple Music, YouTube Music, "
    "a .scrobbler.log or a table of your own; up to {most} MB. Internet addresses and "
    "names of devices in the files are never kept."
)


def show(person: Person, is_new: bool) -> None:
    """Take files, and say how far each of them is on its way here.

    Whoever `is_new` and connected to the demo is offered the history of the demo listener.
    """
    context = process.context()
    arriving = [
        {"id": u.id, "name": u.name, "size": u.size, "received": u.received}
        for u in uploads.listed(context, person)
        if u.state is State.RECEIVING
    ]
    _element()(
        key=_KEY,
        data={
            "receiving": arriving,
            "kinds": _KINDS.format(most=context.settings.history_max_mb),
            "demo": state.demo_history_url(context, person) if is_new else None,
        },
        on_arrived_change=_arrived,
    )
    if said := st.session_state.pop(_SAID, None):
        st.info(notices.plain(said), icon=":material/done_all:")


def _arrived() -> None:
    told = (st.session_state.get(_KEY) or {}).get("arrived") or {}
    since = told.get("since")
    if since:
        st.session_state[_SAID] = (
            f"{told.get('name')} is here already, since {_when(str(since))}: nothing to do."
        )


def _when(moment: str) -> str:
    return times.at(datetime.fromisoformat(moment))


@cache
def _element() -> Any:
    # Read when it is first drawn: importing a module does nothing.
    return st.components.v2.component(
        "bringing",
        html='<div class="bringing"></div>\n',
        css=(_HERE / "bringing.css").read_text(encoding="utf-8"),
        js=elements.script(_HERE / "sending.js", _HERE / "bringing.js"),
    )
