"""The state of the server, for admins."""

from html import escape

import streamlit as st

from ttt.services import server_state
from ttt.services.person import Person
from ttt.ui import process


def section(actor: Person) -> None:
    """What runs here, on what, and for how many."""
    state = server_state.read(process.context(), actor)
    migration = state.migration.replace("_", " ")
    wanted = "" if state.migrated else f" (needs {state.newest_migration.replace('_', ' ')})"
    facts = {
        "Version": state.version,
        "Database": state.database,
        "Migration": migration + wanted,
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
