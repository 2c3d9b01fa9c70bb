"""Whose plays are shown: frames, kept by person and by everything that may change them."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.services.person import Person
from ttt.services.plays.frame import Frame, Narrowing, loading, usual, zone
from ttt.ui.frame import browser, layout, navigation, process, reads
from ttt.ui.tracks import example
from ttt.ui.work import ways

_NEXT = "Bring your listening history from Spotify, Last.fm or another service"
_OR = "or connect Spotify: from then on what you play is recorded here."
# What a page will show, where its name does not say it.
_WILL_SHOW = {
    "Mood over time": "How intense, happy and fast what you play is, month by month",
    "My charts": "Your own chart of each week and month",
    "Discoveries": "What was new to you, and what became of it",
    "Recap": "A year, a month or any other time in cards",
}
# Values of tracks are looked up behind the scenes, so a frame is read again after a while.
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class History:
    """A person's plays as they are narrowed, out of `whole`; `stamp` tells them from all others."""

    frame: Frame
    whole: Frame
    stamp: Hashable
    today: date

    @property
    def begins(self) -> date:
        """Day on which the whole history begins."""
        return zone.day(self.whole.begins)

    @property
    def ends(self) -> date:
        """Day up to which the whole history goes."""
        return usual.ends(self.whole, self.today)


def read(person: Person, narrowing: Narrowing) -> History:
    """The plays that the narrowing leaves in."""
    return _read(person, narrowing, loading.revision(process.context(), person))


def _read(person: Person, narrowing: Narrowing, revision: int) -> History:
    clock = browser.zone()
    name = clock.key if isinstance(clock, ZoneInfo) else "UTC"
    key = (person.id, revision, person.revision, name)
    whole = _frame(_person=person, _zone=name, key=repr(key))
    today = process.context().now().astimezone(ZoneInfo(whole.zone)).date()
    stamp = (*key, today, narrowing)
    frame = _narrowed(_whole=whole, _narrowing=narrowing, key=repr(stamp))
    return History(frame, whole, stamp, today)


def if_any(person: Person) -> History | None:
    """The plays of whoever has any; for others nothing is read but that there are none."""
    revision = loading.revision(process.context(), person)
    if not _has_any(person, person.id, revision):
        return None
    history = _read(person, Narrowing(), revision)
    return history if len(history.frame) else None


def stop_without_plays(person: Person, history: History, title: str) -> None:
    """Say on an empty page what to do first."""
    if len(history.whole):
        return
    connected = reads.connection(person) is not None
    layout.head(title, _WILL_SHOW.get(title, "What you really play, over time"))
    words = f"{_NEXT}." if connected else f"{_NEXT}, {_OR}"
    with example.around_plays("No plays yet", words), _centred():
        if st.button("Import a history", icon=":material/upload:", type="primary"):
            st.switch_page(navigation.page("imports"))
        if not connected:
            spotify = navigation.page("spotify")
            st.page_link(spotify, label="Connect Spotify", icon=":material/link:")
        ways.to_demo_history(person)
    st.stop()


def _centred() -> DeltaGenerator:
    return st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center")


@st.cache_resource(ttl=_SECONDS, max_entries=1_000, show_spinner=False)
def _has_any(_person: Person, person_id: int, revision: int) -> bool:  # noqa: ARG001
    return loading.has_any(process.context(), _person)


@st.cache_resource(ttl=_SECONDS, max_entries=64, show_spinner="Reading your plays")
def _frame(_person: Person, _zone: str, key: str) -> Frame:  # noqa: ARG001
    return loading.load(process.context(), _person, _zone)


@st.cache_resource(ttl=_SECONDS, max_entries=64, show_spinner=False)
def _narrowed(_whole: Frame, _narrowing: Narrowing, key: str) -> Frame:  # noqa: ARG001
    return _whole.narrowed(_narrowing)
