"""The main script: runs once a page view, shows the frame and then the page."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ttt.services.person import Person
from ttt.services.server.watching.numbers import numbers
from ttt.ui.accounts import one_time, second_factor, session, sign_in
from ttt.ui.frame import address, banner, browser, navigation, process, tokens
from ttt.ui.spotify import ending, looking

_HERE = Path(__file__).parent
_SIDEBAR_WIDTH = 208
_NAME = "Top Track Tracker"


def main() -> None:
    """Show the page that was asked for, or the sign-in form in its place."""
    icon = str(_HERE / "images" / "icon.png")
    st.set_page_config(_NAME, icon, layout="wide", initial_sidebar_state=_SIDEBAR_WIDTH)
    st.html(tokens.scheme(browser.theme()))
    process.begun()
    banner.show()
    person = session.person()
    if person is None:
        st.set_page_config(f"Sign in · {_NAME}")
        pages = navigation.sign_in_pages(sign_in.page)
        st.navigation(pages, position="hidden").run()
        return
    current = _page(person)
    st.set_page_config(f"{current.title} · {_NAME}")
    st.logo(str(_HERE / "images" / f"logo-{browser.theme()}.svg"), size="large")
    _who(person)
    one_time.kept_for_later(person)
    address.arrived(current.url_path)
    looking.show(person, current.url_path)
    ending.show(person, current.url_path)
    with session.run_for(person), numbers().run(current.url_path or "home"):
        current.run()


def _page(person: Person) -> StreamlitPage:
    if not second_factor.in_the_way(person):
        return st.navigation(navigation.grouped(person.is_admin), expanded=True)

    def obligatory() -> None:
        second_factor.obligatory(person)

    return st.navigation(navigation.sign_in_pages(obligatory), position="hidden")


def _who(person: Person) -> None:
    with st.sidebar.container(vertical_alignment="bottom"):
        st.text(person.name)
        if st.button("Sign out", icon=":material/logout:", type="tertiary"):
            session.end()


main()
