"""Forms on accounts: one's own, and everybody's for admins."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from ttt.errors import InvalidInput, NotFound, TooManyTries
from ttt.roles import Role
from ttt.services import accounts, own_account, passwords
from ttt.services.person import Person
from ttt.ui import browser, notices, process


def details(person: Person) -> None:
    """Change one's own name and mail."""
    with st.form("details"):
        st.subheader("Name and mail", anchor=False)
        name = st.text_input("Name", person.name, max_chars=120)
        email = st.text_input("Mail", person.email, max_chars=254, placeholder="not given")
        if st.form_submit_button("Save"):
            with _in_words("Saved."):
                own_account.change_details(process.context(), person, name, email)


def password(person: Person) -> None:
    """Change one's own password, or set the first one."""
    context = process.context()
    has_one = own_account.has_password(context, person)
    with st.form("password", clear_on_submit=True):
        st.subheader("Password", anchor=False)
        current = st.text_input("Current password", type="password") if has_one else ""
        new = st.text_input("New password", type="password", help=passwords.RULE)
        again = st.text_input("New password again", type="password")
        if st.form_submit_button("Change password" if has_one else "Set password"):
            with _in_words("Changed. All other browsers are signed out."):
                if new != again:
                    raise InvalidInput("The two new passwords differ.")
                token = browser.session_token(context.settings) or ""
                own_account.change_password(context, person, current, new, token)


def people_table(people: Sequence[Person]) -> None:
    """All accounts."""
    rows = [
        {
            "Username": p.username,
            "Name": p.name,
            "Mail": p.email or None,
            "Role": p.role.value,
            "State": "disabled" if p.disabled else "enabled",
            "Since": p.created_at.astimezone(browser.zone()),
        }
        for p in people
    ]
    column = st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")
    config = {"Since": column}
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=config, placeholder="–")


def add_account(actor: Person) -> None:
    """Open an account for somebody."""
    with st.form("add account", clear_on_submit=True):
        st.subheader("Add an account", anchor=False)
        username = st.text_input("New username", max_chars=64)
        name = st.text_input("Name", max_chars=120, placeholder="as the username")
        secret = st.text_input("Password", type="password", help=passwords.RULE)
        role = st.selectbox("Role", list(Role), format_func=lambda r: r.value) or Role.MEMBER
        if st.form_submit_button("Add account"):
            with _in_words(f"Account {username} added.", rerun=True):
                accounts.add(process.context(), actor, username, secret, name=name, role=role)


def change_account(actor: Person, people: Sequence[Person]) -> None:
    """Change role or state of an account."""
    context = process.context()
    with st.container(border=True):
        st.subheader("Change an account", anchor=False)
        # By name: a kept Person would still be as it was before a change.
        username = st.selectbox("Account", [person.username for person in people])
        chosen = next((person for person in people if person.username == username), None)
        if chosen is None:
            return
        other = Role.MEMBER if chosen.is_admin else Role.ADMIN
        with st.container(horizontal=True):
            if st.button(f"Make {other.value}"):
                with _in_words(f"{chosen.username} is {other.value} now.", rerun=True):
                    accounts.set_role(context, actor, chosen.username, other)
            if st.button("Enable" if chosen.disabled else "Disable"):
                state = "enabled" if chosen.disabled else "disabled"
                with _in_words(f"{chosen.username} is {state} now.", rerun=True):
                    accounts.set_disabled(context, actor, chosen.username, not chosen.disabled)


@contextmanager
def _in_words(done: str, rerun: bool = False) -> Iterator[None]:
    try:
        yield
    except (InvalidInput, NotFound, TooManyTries) as error:
        notices.trouble(error)
        return
    st.toast(notices.plain(done), icon=":material/check:")
    if rerun:
        st.rerun()
