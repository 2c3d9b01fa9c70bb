"""One's own name, mail, password and name at Last.fm, and where one's values come from."""

import streamlit as st

from ttt.ui import forms, notices, plays, session, sources

person = session.require_user()
st.title("Account", anchor=False)
st.caption(notices.plain(f"Signed in as {person.username}, {person.role.value}"))

left, right = st.columns(2, gap="large")
with left:
    forms.details(person)
with right:
    forms.password(person)

left, right = st.columns([3, 2], gap="large")
with left:
    sources.standings()
with right:
    plays.username(person)
    sources.own_values(person)
