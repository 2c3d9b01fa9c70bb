"""Everybody's accounts, for admins: who there is, and what can be done about them."""

from collections.abc import Sequence

import streamlit as st

from ttt.errors import InvalidInput
from ttt.jobs import departing
from ttt.roles import Role
from ttt.services.accounts import accounts, passwords, roster
from ttt.services.accounts.roster import Listed
from ttt.services.doors import one_time_links, second_factor
from ttt.services.doors.one_time_links import MadeLink
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.ui.accounts import leaving
from ttt.ui.frame import address, browser, kept, layout, notices, process
from ttt.ui.frame.listing import copying, times
from ttt.ui.frame.listing.ranked import element
from ttt.ui.frame.listing.ranked.element import Doing, Style
from ttt.ui.frame.listing.ranked.shape import Action, Column, Row
from ttt.ui.work.files import downloads

_SEARCHED = 12  # accounts from which on one is looked for by words
_COLUMNS = (
    Column("Role", "text", "64px"),
    Column("Second factor", "text", "96px", least=620, phone="none"),
    Column("Last seen", "text", "104px", least=480),
    Column("Since", "text", "88px", least=540, phone="none"),
)


def section(actor: Person) -> None:
    """All accounts; the one that is chosen can be changed."""
    everybody = roster.listed(process.context(), actor)
    name = address.of_page(["account"]).get("account")
    chosen = next((one.person for one in everybody if one.person.username == name), None)
    left, right = layout.pair("accounts", 1.9)
    with left:
        _list(_found(everybody), chosen)
    with right:
        if chosen is None:
            st.caption("Choose a row to change an account.")
        else:
            _back_to_all()
            _chosen(actor, chosen)
        _adding(actor)
        with st.container(horizontal=True):
            downloads(
                "accounts", lambda: roster.as_csv(everybody), lambda: roster.as_json(everybody)
            )


def link(made: MadeLink, whose: str) -> None:
    """Show a link this once, to be copied."""
    copying.show(made.url, "link")
    until = clock(made.expires_at, browser.zone())
    st.caption(notices.plain(f"{whose} Good once, until {until}. It is not shown again."))


def _found(everybody: Sequence[Listed]) -> list[Listed]:
    """Those in whose names or mail the typed words are."""
    words = ""
    if len(everybody) >= _SEARCHED:
        words = st.text_input("Find an account", placeholder="name, username or mail")
    told = words.strip().casefold()
    return [one for one in everybody if told in _words(one.person).casefold()]


def _words(person: Person) -> str:
    return f"{person.name}\n{person.username}\n{person.email}"


def _list(found: Sequence[Listed], chosen: Person | None) -> None:
    if not found:
        st.caption("No account is called that.")
        return
    element.show(
        [_row(one, one.person == chosen) for one in found],
        _COLUMNS,
        "accounts",
        Style("Accounts", "Account", "long plain", ticks=False),
        Doing(
            lambda name, on: address.keep({"account": name if on else ""}),
            action=Action("Change", "Change this account", "Change no account", "change"),
        ),
    )


def _row(one: Listed, chosen: bool) -> Row:
    person = one.person
    said = [person.username, person.email, "disabled" if person.disabled else ""]
    return Row(
        person.username,
        person.name,
        " · ".join(filter(None, said)),
        (
            person.role.value,
            "yes" if person.second_factor else None,
            _seen(times.ago(one.last_seen_at)),
            times.day(person.created_at),
        ),
        done=chosen,
        track="",
    )


def _seen(when: str) -> tuple[str, str]:
    """When an account was last seen; a phone has no heading that says so."""
    return when, f"seen {when}"


_DISABLED = (
    "They are signed out at once in every browser and cannot sign in until an admin enables them "
    "again. Their lists, plays and the connection to Spotify stay."
)
_SIGNED_OUT = (
    "Every browser of theirs is signed out at once, and what was typed there and not saved is lost."
)
_RESET_FACTOR = (
    "Their authenticator app and recovery codes stop working, and the password alone signs them in "
    "until they set it up again. Make sure that they asked for it themselves."
)


def _back_to_all() -> None:
    """The way back to the list, where the style sheet lets the chosen account take its place."""
    with st.container(key="all-accounts"):
        st.button(
            "All accounts",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=address.keep,
            args=({"account": ""},),
        )


def _chosen(actor: Person, chosen: Person) -> None:
    with st.container(border=True, key="chosen-account"):
        st.header(notices.plain(chosen.username), anchor=False)
        with st.container(horizontal=True):
            _change(actor, chosen)
            make_link = not chosen.disabled and st.button("Reset link", icon=":material/link:")
            _delete(actor, chosen)
        if make_link:
            made = one_time_links.reset_link(process.context(), actor, chosen.username)
            link(made, f"{chosen.username} sets a new password by it.")


def _change(actor: Person, chosen: Person) -> None:
    context, name = process.context(), chosen.username
    other = Role.MEMBER if chosen.is_admin else Role.ADMIN
    if st.button(f"Make {other.value}"):
        with notices.in_words(
            f"{name} is {'an admin' if other is Role.ADMIN else 'a member'} now."
        ):
            accounts.set_role(context, actor, name, other)
    if chosen.disabled and st.button("Enable"):
        with notices.in_words(f"{name} is enabled now."):
            accounts.set_disabled(context, actor, name, False)
    if not chosen.disabled and notices.asked("Disable", _DISABLED, "Yes, disable"):
        with notices.in_words(f"{name} is disabled now."):
            accounts.set_disabled(context, actor, name, True)
    if notices.asked("Sign out everywhere", _SIGNED_OUT, "Yes, sign out"):
        with notices.in_words(f"{name} is signed out everywhere."):
            accounts.end_sessions(context, actor, name)
    if chosen.second_factor and notices.asked(
        "Reset second factor", _RESET_FACTOR, "Yes, reset it"
    ):
        with notices.in_words(f"{name} signs in with the password alone now."):
            second_factor.reset(context, actor, name)


def _delete(actor: Person, chosen: Person) -> None:
    if chosen.id == actor.id:
        return
    name = f"delete {chosen.username}"
    place = layout.popover("Delete", ":material/delete:", "delete account", name=name)
    if place is None:
        return
    with place:
        st.markdown(
            f"**{notices.plain(chosen.username)}** and all that is theirs goes: "
            f"{leaving.cost(actor, chosen)}. It cannot be undone."
        )
        typed = st.text_input("Type the username to confirm", key=f"confirm-{chosen.id}")
        if st.button("Delete with all data", type="primary", key=f"delete-{chosen.id}"):
            with notices.in_words(f"{chosen.username} is deleted."):
                if typed.strip().casefold() != chosen.username:
                    raise InvalidInput("That is not the username; nothing was deleted.")
                departing.delete(process.context(), actor, chosen.username)


def _adding(actor: Person) -> None:
    place = layout.fold("Add an account", ":material/person_add:", "adding account")
    if place is not None:
        with place:
            _add(actor)


def _add(actor: Person) -> None:
    with st.form("add account", border=False):
        username = st.text_input("New username", max_chars=64, key=kept.key("add", "username"))
        name = st.text_input(
            "Name", max_chars=120, placeholder="as the username", key=kept.key("add", "name")
        )
        secret = st.text_input(
            "Password",
            type="password",
            help=passwords.RULE,
            key=kept.key("add", "password", secret=True),
        )
        role = st.selectbox("Role", list(Role), format_func=lambda r: r.value) or Role.MEMBER
        if st.form_submit_button("Add account"):
            with notices.in_words(f"Account {username} added.", "add"):
                accounts.add(process.context(), actor, username, secret, name=name, role=role)
