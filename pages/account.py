"""One's own name, mail, ways to sign in and name at Last.fm, and where one's values come from."""

import streamlit as st

from ttt.ui import my_data
from ttt.ui.accounts import devices, forms, leaving, openid, second_factor, session
from ttt.ui.discover import play_counts as plays
from ttt.ui.frame import notices
from ttt.ui.tracks import sources

person = session.require_user()
st.title("Account", anchor=False)
st.caption(notices.plain(f"Signed in as {person.username}, {person.role.value}"))

left, right = st.columns(2, gap="large")
with left:
    forms.details(person)
    second_factor.section(person)
with right:
    forms.password(person)
    openid.section(person)

devices.signed_in(person)

left, right = st.columns([3, 2], gap="large")
with left:
    sources.standings()
with right:
    plays.username(person)
    sources.own_values(person)

my_data.offer(person)
leaving.offer(person)
