"""Invitations and what is decided for everybody, for admins."""

from html import escape
from typing import TypeVar

import streamlit as st

from ttt.errors import InvalidInput, StoreError
from ttt.roles import Role
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions, LookAround, OwnSpotify, Registration
from ttt.services.doors import one_time_links, post
from ttt.services.doors.one_time_links import Invitation
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.ui.admin import roster
from ttt.ui.frame import banner, browser, kept, notices, process

T = TypeVar("T", bound=str)

_OWN_SPOTIFY: dict[OwnSpotify, str] = {
    "several": "Yes, as soon as there is more than one account",
    "yes": "Yes",
    "no": "No: only those of this server; one that is here stays until its owner removes it",
}
_LOOK_AROUND: dict[LookAround, str] = {
    "private": "Yes, while this server is reached from this machine alone",
    "yes": "Yes",
    "no": "No",
}
_SHORTER = 6  # of a hash: enough to tell some dozens apart
_REGISTRATION: dict[Registration, str] = {
    "closed": "Nobody: only admins add accounts",
    "invitation": "Whoever has an invitation",
    "open": "Everybody who finds this server",
}


def section(actor: Person) -> None:
    """Invite somebody, and see who has not come yet."""
    context = process.context()
    if decisions.read(context).registration == "closed":
        st.info(
            "Registration is closed, so nobody can be invited. The section “Rules” changes that."
        )
    else:
        _invite(actor)
    waiting = one_time_links.invitations(context, actor)
    st.header("Open invitations", anchor=False)
    if not waiting:
        st.caption("There is none.")
    for invitation in waiting:
        _waiting(actor, invitation)


def rules(actor: Person) -> None:
    """Who may open an account, who needs a second factor, and what everybody is told."""
    context = process.context()
    now = decisions.read(context)
    with st.form("rules"):
        registration = _rule("Who may open an account?", _REGISTRATION, now.registration)
        own = _rule(
            "May people bring a Spotify client ID of their own?", _OWN_SPOTIFY, now.own_spotify
        )
        around = _rule(
            "May people look around with demo data before they connect Spotify?",
            _LOOK_AROUND,
            now.look_around,
        )
        needed = st.checkbox("Admins need a second factor", now.admins_need_second_factor)
        told = st.text_area(
            "Banner", now.banner, max_chars=500, placeholder="none", help="Shown above every page"
        )
        saved = st.form_submit_button("Save rules")
    if saved:
        with notices.in_words("Saved."):
            text = " ".join(told.split())
            decisions.decide(context, actor, Decisions(registration, text, needed, own, around))
            banner.forget()


def _rule(question: str, answers: dict[T, str], now: T) -> T:
    every = list(answers)
    return st.radio(question, every, every.index(now), format_func=answers.__getitem__)


def _invite(actor: Person) -> None:
    context = process.context()
    with st.form("invite"):
        st.header("Invite somebody", anchor=False)
        way = "is mailed and shown" if context.settings.can_mail else "is shown"
        st.caption(f"A link for one account, good for a week. It {way} once, to copy.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            role = st.selectbox("Role", list(Role), format_func=lambda r: r.value, width=140)
            email = st.text_input(
                "Mail",
                max_chars=254,
                placeholder="not needed",
                width=280,
                key=kept.key("invite"),
            )
            sent = st.form_submit_button("Make invitation")
    if sent:
        try:
            made = one_time_links.invite(context, actor, role or Role.MEMBER, email)
        except (InvalidInput, StoreError) as error:
            notices.trouble(error)
            return
        kept.taken("invite")
        mailed = email.strip() and post.invitation(context, email.strip(), made)
        whose = f"Also on its way to {email}." if mailed else "Hand it to the person."
        roster.link(made, f"{_name(made.id)}. {whose}")


def _waiting(actor: Person, invitation: Invitation) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        whom = invitation.email or "Whoever has the link"
        name = _name(invitation.id)
        until = clock(invitation.expires_at, browser.zone())
        what = f"{name}, as {invitation.role.value}, invited by {invitation.made_by}, until {until}"
        st.html(f"<b>{escape(whom)}</b><br><small>{escape(what)}</small>")
        if st.button(notices.about("Revoke", name), key=f"revoke-{invitation.id}"):
            with notices.in_words("The invitation is revoked."):
                one_time_links.revoke_invitation(process.context(), actor, invitation.id)


def _name(invitation_id: str) -> str:
    """What tells it from the others, here and in the trail, without opening anything."""
    return f"Invitation {invitation_id[:_SHORTER]}"
