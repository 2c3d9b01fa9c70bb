"""Accounts, invitations, rules, Spotify, the audit trail and the server's state, for admins."""

from ttt.ui.accounts import session
from ttt.ui.admin import audit, invitations, jobs, roster
from ttt.ui.admin import state as server_state
from ttt.ui.frame import layout
from ttt.ui.spotify import seats
from ttt.ui.tracks import sources

person = session.require_admin()
layout.head("Admin", "Who is here, who may come, what happened, and how this server is")
section = layout.sections(["Accounts", "Invitations", "Rules", "Spotify", "Activity", "Server"])
match section:
    case "Accounts":
        roster.section(person)
    case "Invitations":
        invitations.section(person)
    case "Rules":
        invitations.rules(person)
    case "Spotify":
        seats.section(person)
    case "Activity":
        audit.section(person)
    case "Server":
        server_state.section(person)
        sources.standings(person)
        jobs.listed(person)
