"""The state of the server, for admins."""

from html import escape

import streamlit as st

from ttt.services.person import Person
from ttt.services.server.watching import state as server_state
from ttt.services.server.watching.state import State
from ttt.ui.frame import process


def section(actor: Person) -> None:
    """What runs here, on what, and for how many."""
    state = server_state.read(process.context(), actor)
    facts = {
        "Version": state.version,
        "Database": state.database,
        "Migration": _migration(state),
        "Secret key from": state.secret_key,
        "Mail server": state.mail,
        "Accounts": f"{state.accounts:,}",
        "Sessions": f"{state.sessions:,}",
    }
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts.items()
    )
    st.html(f'<dl class="ttt-values">{items}</dl>')


def _migration(state: State) -> str:
    now, newest = (name.partition("_")[0] for name in (state.migration, state.newest_migration))
    return f"{now}, the newest" if state.migrated else f"{now}, needs {newest}"
