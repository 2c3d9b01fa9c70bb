"""Giving the app a client ID of Spotify's: three steps, and a form that tries it there."""

from collections.abc import Callable

import streamlit as st

from ttt.services.person import Person
from ttt.services.spotify import clients, keeping
from ttt.services.spotify.clients import Client
from ttt.ui.frame import kept, notices, process
from ttt.ui.frame.listing import copying
from ttt.ui.spotify import cost

_DASHBOARD = "https://developer.spotify.com/dashboard"
Save = Callable[[str, str, str], None]


def everybodys(actor: Person) -> None:
    """Steps and form by which an admin sets a client ID for everybody."""
    context = process.context()

    def save(name: str, client: str, secret: str) -> None:
        keeping.add(context, actor, name, client, secret)

    _steps(with_list=True)
    _form("client for everybody", save, named=True)


def offer(actor: Person) -> None:
    """While the demo stands in: let an admin set up the real Spotify right here."""
    if actor.is_admin and not clients.real(process.context()):
        with st.expander("Set up the real Spotify", icon=":material/key:"):
            st.caption("Until then everybody here looks at the data of made-up listeners.")
            everybodys(actor)


def own(person: Person) -> None:
    """The person's own client ID: bringing one, changing it, giving it up."""
    context = process.context()
    there = keeping.of(context, person)
    if there is None and not keeping.may_bring(context):
        return

    def save(_name: str, client: str, secret: str) -> None:
        keeping.bring(context, person, client, secret)

    label = "Your own client ID" if there else "Bring a client ID of your own"
    with st.expander(label, icon=":material/key:"):
        if there is None:
            st.caption(
                "It serves you alone, so you need no seat here, and nobody else's waiting is "
                "yours. You connect anew afterwards; your lists stay, if it is the same account."
            )
        else:
            _there(person, there)
        if keeping.may_bring(context):
            _steps(with_list=False)
            _form("own client", save, named=False)


def _there(person: Person, client: Client) -> None:
    st.markdown(f"You connect by your own client ID: `{client.client_id}`")
    _give_up(person)
    st.caption(
        f"Another one disconnects you: that deletes {cost.of(person)} from this server. "
        "The same one with another secret changes nothing else."
    )


def _give_up(person: Person) -> None:
    with st.popover("Remove it", icon=":material/delete:"):
        st.write(
            f"This deletes the client ID with its secret, and {cost.of(person)}, from this "
            "server. It cannot be undone. Your trending list stays."
        )
        if st.button("Yes, remove it", icon=":material/delete:"):
            with notices.in_words("Your client ID is removed."):
                keeping.give_up(process.context(), person)


def _steps(*, with_list: bool) -> None:
    settings = process.context().settings
    st.markdown(
        f"**1.** Open [developer.spotify.com/dashboard]({_DASHBOARD}), sign in with an account "
        "that has Premium, and press “Create app”. Name and description are yours to choose; "
        "tick “Web API”."
    )
    st.markdown("**2.** Under “Redirect URIs” add exactly this, and save:")
    copying.show(settings.redirect_uri, "address")
    if not settings.redirect_allowed:
        st.warning(
            "Spotify takes addresses with https:// only, or http://127.0.0.1 with the port. Open "
            "this app by such an address first (`TTT_PUBLIC_URL`).",
            icon=":material/info:",
        )
    if with_list:
        st.caption(
            "Under “User Management” you add the people who are to use it: five at most. This "
            "page tells you whom."
        )
    st.markdown("**3.** Copy the client ID from the app's “Settings” into this form.")


def _form(form: str, save: Save, *, named: bool) -> None:
    with st.form(form, border=False):
        name = _name(form) if named else ""
        client = st.text_input(
            "Client ID", max_chars=200, autocomplete="off", key=kept.key(form, "client")
        )
        secret = st.text_input(
            "Client secret",
            type="password",
            max_chars=200,
            placeholder="not needed",
            autocomplete="off",
            help="Kept encrypted and never shown again; without it the app proves itself by PKCE",
            key=kept.key(form, "secret", secret=True),
        )
        if st.form_submit_button("Check and save", type="primary"):
            done = "Spotify accepts it: you can connect now."
            with notices.in_words(done, form), st.spinner("Asking Spotify …"):
                save(name, client, secret)


def _name(form: str) -> str:
    return st.text_input(
        "Name",
        max_chars=keeping.LONGEST_NAME,
        placeholder="for you, such as Family",
        key=kept.key(form, "name"),
    )
