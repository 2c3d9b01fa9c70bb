"""One's own account, in sections: who one is, how one signs in, what one's data come from."""

import streamlit as st

from ttt.ui import my_data
from ttt.ui.accounts import devices, forms, leaving, openid, second_factor, session
from ttt.ui.discover import play_counts as plays
from ttt.ui.frame import layout, notices
from ttt.ui.spotify import connecting
from ttt.ui.tracks import sources
from ttt.ui.work import own_values, ways

person = session.require_user()
layout.head("Account", notices.plain(f"Signed in as {person.username}, {person.role.value}"))
section = layout.sections(["Profile", "Sign-in and security", "Spotify", "Sources", "Data"])
with st.container(key="settings", gap="large"):
    match section:
        case "Profile":
            forms.details(person)
        case "Sign-in and security":
            forms.password(person)
            second_factor.section(person)
            openid.section(person)
            devices.signed_in(person)
        case "Spotify":
            connecting.section(person)
        case "Sources":
            sources.standings(person)
            plays.username(person)
            own_values.section(person)
        case "Data":
            my_data.offer(person)
            ways.to_imports("Bring a listening history, or take it out")
            leaving.offer(person)
