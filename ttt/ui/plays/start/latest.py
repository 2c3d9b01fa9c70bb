"""The latest plays, and what plays now: shown live for a while after the page was opened."""

from datetime import datetime, timedelta

import streamlit as st

from ttt.chartdata import Heard, Of
from ttt.services.person import Person
from ttt.services.plays.measures.start import latest as measure
from ttt.services.recorders import playing
from ttt.services.recorders.playing import Now
from ttt.ui.accounts import session
from ttt.ui.frame import process, reads
from ttt.ui.plays import history, panel, rows
from ttt.ui.plays.history import History
from ttt.ui.tracks import cards

_EVERY = timedelta(seconds=45)
# A tab that nobody looks at any more asks nobody.
_LIVE = timedelta(minutes=15)
_RESTS = "latest plays rest"
_MOST = 5


def show(person: Person, plays: History) -> None:
    """The newest plays with what plays now above them."""
    rests = st.session_state.pop(_RESTS, False)
    since = process.context().now()
    st.fragment(_draw, run_every=None if rests else _EVERY)(person, plays, since)


def _draw(person: Person, plays: History, since: datetime) -> None:
    now = process.context().now()
    if now - since > _EVERY / 2:
        person = session.recheck()
        _when_it_changed(person, plays, rests=now - since > _LIVE)
    current = _now(person, person.who)
    shown = panel.measured(("latest", plays.stamp), lambda: measure.latest(plays.frame, _MOST))
    cards.heading("Latest plays", _note(current), ("listening", "Listening"))
    listed = [_playing(current, plays)] if current is not None else []
    listed += [_row(one, plays) for one in shown[: _MOST - len(listed)]]
    rows.show(listed, "Nothing was played yet")


def _when_it_changed(person: Person, plays: History, *, rests: bool) -> None:
    """Draw the whole page anew where there are other plays, or nobody looked for long."""
    there = history.if_any(person)
    if rests or there is None or there.stamp != plays.stamp:
        st.session_state[_RESTS] = rests
        st.rerun()


def _note(current: Now | None) -> str:
    return "" if current is None else f"playing {current.where}"


def _playing(current: Now, plays: History) -> rows.Row:
    return rows.Row(
        *("", current.title, "", "now", ""),
        current.cover_url,
        by=current.artist,
        names=rows.by(current.artist, plays.frame.tracks),
        is_now=True,
    )


def _row(one: Heard, plays: History) -> rows.Row:
    tracks = plays.frame.tracks
    return rows.Row(
        *("", one.title, "", _when(one.at, plays)),
        rows.link(Of.TRACKS, one.key, tracks),
        one.cover_url,
        by=one.artists,
        names=rows.by(one.artists, tracks),
    )


def _when(at: datetime, plays: History) -> str:
    """The time of a play of today, with its weekday in the six days before, else the day."""
    days = (plays.today - at.date()).days
    if days <= 0:
        return f"{at:%H:%M}"
    if days < 7:
        return f"{at:%a %H:%M}"
    return f"{at.day} {at:%b}" if at.year == plays.today.year else f"{at.day} {at:%b %Y}"


@st.cache_resource(ttl=_EVERY.total_seconds() - 5, max_entries=500, show_spinner=False)
def _now(_person: Person, who: tuple[int, datetime]) -> Now | None:  # noqa: ARG001
    return playing.now(process.context(), _person, reads.connection(_person))
