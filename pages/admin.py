"""Accounts, invitations, rules, the audit trail and the state of this server, for admins."""

import streamlit as st

from ttt.ui.accounts import session
from ttt.ui.admin import audit, invitations, jobs, roster
from ttt.ui.admin import state as server_state
from ttt.ui.tracks import sources

person = session.require_admin()
st.title("Admin", anchor=False)

section = st.segmented_control(
    "Section",
    ["Accounts", "Invites", "Rules", "Trail", "Server"],
    default="Accounts",
    required=True,
    label_visibility="collapsed",
    key="section",
    bind="query-params",
)
match section:
    case "Accounts":
        roster.section(person)
    case "Invites":
        invitations.section(person)
    case "Rules":
        invitations.rules(person)
    case "Trail":
        audit.section(person)
    case "Server":
        server_state.section(person)
        sources.standings()
        jobs.listed(person)
