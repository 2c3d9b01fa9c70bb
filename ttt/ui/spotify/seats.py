"""Seats on the server's client IDs: one's own, and for admins who sits where."""

import streamlit as st

from ttt import words
from ttt.services.explain import clock_after
from ttt.services.person import Person
from ttt.services.spotify import clients, keeping, seats
from ttt.services.spotify.seats import Bench, Seat
from ttt.ui.frame import browser, navigation, notices, process
from ttt.ui.spotify import setup

_LIST = "[developer.spotify.com/dashboard](https://developer.spotify.com/dashboard)"


def mine(person: Person) -> None:
    """Whom the admin has to put on Spotify's list, while that is not done; or how to ask."""
    context = process.context()
    seat = seats.mine(context, person)
    if seat is None:
        _ask(person)
    elif seat.waiting:
        said = "says that you are" if seat.refused_at else "lets you in once you are"
        on = "not on the allow list" if seat.refused_at else "on its allow list"
        whom = _whom(seat)
        st.info(
            f"Spotify {said} {on}: an admin has to add **{whom}** under User Management of the "
            f"app **{notices.plain(seat.client)}** in Spotify's dashboard. They see it as a to-do.",
            icon=":material/event_seat:",
        )
        _tell(person, seat)


def _ask(person: Person) -> None:
    """Before the first connection by a client ID of the server."""
    context = process.context()
    if not clients.real(context) or keeping.of(context, person) is not None:
        return
    st.caption(
        "Spotify lets in only those whom an admin has put on its list. Are you not there yet?"
    )
    if st.button("Ask an admin first", icon=":material/event_seat:"):
        with notices.in_words("You have a seat: say which Spotify account is yours."):
            seats.take(context, person)


def _tell(person: Person, seat: Seat) -> None:
    with st.form("seat", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name at Spotify", seat.name, max_chars=120, width=240)
        email = st.text_input("Mail at Spotify", seat.email, max_chars=254, width=280)
        if st.form_submit_button("Save for the admin"):
            with notices.in_words("Saved."):
                seats.tell(process.context(), person, name, email)


def _whom(seat: Seat) -> str:
    name = notices.plain(seat.name or seat.username)
    return f"{name}, {notices.plain(seat.email)}" if seat.email else name


def to_do(actor: Person) -> None:
    """Tell an admin on the Spotify page that somebody waits to be put on Spotify's list."""
    if not actor.is_admin:
        return
    waiting = [s for b in seats.benches(process.context(), actor) for s in b.seats if s.waiting]
    if waiting:
        one = len(waiting) == 1
        st.warning(
            f"{len(waiting)} {'person waits' if one else 'people wait'} to be put on Spotify's "
            "allow list.",
            icon=":material/checklist:",
        )
        st.page_link(
            navigation.page("admin"), label="See whom", query_params={"section": "Spotify"}
        )


def section(actor: Person) -> None:
    """Client IDs of the server, who sits on which, whom to add at Spotify, and one more."""
    benches = seats.benches(process.context(), actor)
    if not benches:
        st.info("The demo stands in for Spotify. With a client ID people connect their own.")
        setup.everybodys(actor)
        return
    for bench in benches:
        _bench(actor, bench)
    with st.expander("Add a client ID", icon=":material/add:"):
        st.caption("Each has seats of its own. One that is here already gets its secret anew.")
        setup.everybodys(actor)


def _bench(actor: Person, bench: Bench) -> None:
    client, used = bench.client, len(bench.seats)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(notices.plain(client.name), anchor=False, width="stretch")
            if client.source == "page":
                _remove(actor, bench)
        free = words.counted(bench.free, "seat is free", "seats are free")
        st.markdown(f"`{client.client_id}` · {used:,} here, {free}")
        if client.source == "environment":
            st.caption("Set by SPOTIFY_CLIENT_ID, which wins: change it there.")
        if bench.blocked_until is not None:
            until = clock_after(bench.blocked_until, browser.zone())
            st.caption(f"Spotify asks it to wait: it is asked again after {until}.")
        _to_add(bench)
        for seat in bench.seats:
            _seat(actor, seat)


def _to_add(bench: Bench) -> None:
    whom = [_whom(seat) for seat in bench.seats if seat.waiting]
    if whom:
        listed = "".join(f"\n- **{one}**" for one in whom)
        st.warning(
            f"To do: add under User Management of this app on {_LIST}, with name and mail:{listed}",
            icon=":material/checklist:",
        )


def _seat(actor: Person, seat: Seat) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        state = "connected" if not seat.waiting else "waits for Spotify's list"
        if seat.refused_at is not None:
            state = "not on the allow list"
        st.markdown(f"{notices.plain(seat.username)} · {state}", width="stretch")
        with st.popover(
            notices.about("Free the seat", seat.username), icon=":material/event_seat:"
        ):
            st.write(
                f"This ends {seat.username}'s connection: the token is deleted, their lists and "
                "plays stay. Remove them under User Management at Spotify as well."
            )
            if st.button("Yes, free it", key=f"free-{seat.username}"):
                with notices.in_words("The seat is free."):
                    seats.free(process.context(), actor, seat.username)


def _remove(actor: Person, bench: Bench) -> None:
    name, count = bench.client.name, len(bench.seats)
    with st.popover(notices.about("Remove", bench.client.name), icon=":material/delete:"):
        people = words.counted(count, "person has", "people have")
        st.write(
            f"This deletes the client ID with its secret and all tokens that came by it. {people} "
            "to connect anew; lists and plays stay."
        )
        if st.button("Yes, remove", key=f"remove-{name}", icon=":material/delete:"):
            with notices.in_words("The client ID is removed."):
                keeping.remove(process.context(), actor, name)
