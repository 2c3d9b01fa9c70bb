"""A person's play counts at Last.fm: the name they go by there, and the short list on Home."""

from html import escape

import streamlit as st

from ttt import words
from ttt.services.discover import listening
from ttt.services.discover.charting import ChartRow
from ttt.services.explain import clock
from ttt.services.person import Person
from ttt.ui.frame import browser, covers, notices, process

_MOST = 5
_FORGOTTEN = (
    "Your username and the play counts that came from there are deleted. Plays in your history "
    "stay."
)


def username(person: Person) -> None:
    """Give, change or take back the username."""
    context = process.context()
    account, why_off = listening.account(context, person), listening.why_off(context)
    st.header("Last.fm", anchor=False)
    st.caption("Your username there, to see what you played most on Discover and Home.")
    if why_off is not None:
        st.caption(notices.plain(notices.why_off(why_off, person)))
    with st.form("lastfm", border=False):
        known_as = "" if account is None else account.username
        name = st.text_input("Last.fm username", known_as, max_chars=64)
        if st.form_submit_button("Save username"):
            with notices.in_words("Saved."):
                listening.set_username(context, person, name)
    if account is not None and notices.asked(
        "Forget my Last.fm", _FORGOTTEN, "Yes, forget it", icon=":material/delete:"
    ):
        with notices.in_words("Your Last.fm name and play counts are gone."):
            listening.forget(context, person)


def on_home(person: Person) -> None:
    """The most played tracks of the month, when there are any."""
    context = process.context()
    if listening.account(context, person) is None:
        return
    if listening.is_due(context, person, listening.ON_HOME):
        with notices.waiting("Asking Last.fm …"):
            listening.refresh(context, person, listening.ON_HOME)
    chart = listening.read(context, person, listening.ON_HOME)
    if not chart.rows or chart.taken_at is None:
        return
    st.header("Your Last.fm: most played in a month", anchor=False)
    items = "".join(map(_item, chart.rows[:_MOST]))
    st.html(f'<ol class="ttt-tracks">{items}</ol>')
    as_of = clock(chart.taken_at, browser.zone())
    st.caption(f"As of {as_of}, {notices.LASTFM_CREDIT}")


def _item(row: ChartRow) -> str:
    entry = row.entry
    plays = "" if entry.plays is None else words.counted(entry.plays, "play")
    cover = covers.square(entry.artist, entry.artist)
    return (
        f'<li class="ttt-track"><span class="place">{row.rank}</span>'
        f'<img src="{escape(cover)}" alt="">'
        f'<a href="{escape(entry.link or "https://www.last.fm")}" target="_blank" rel="noopener">'
        f"<b>{escape(entry.title)}</b><small>{escape(entry.artist)}</small></a>"
        f'<span class="move">{plays}</span></li>'
    )
