"""Accounts and background jobs of this server, for admins."""

import streamlit as st

from ttt.services import accounts
from ttt.ui import forms, jobs, process, session

person = session.require_admin()
st.title("Admin", anchor=False)

people = accounts.listed(process.context(), person)
st.subheader("Accounts", anchor=False)
forms.people_table(people)

left, right = st.columns(2, gap="large")
with left:
    forms.add_account(person)
with right:
    forms.change_account(person, people)

jobs.listed(person)
