"""What charts leave out: hidden where it is seen, listed and taken back on the page of imports."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import streamlit as st

from ttt.errors import InvalidInput, NotFound, StoreError
from ttt.services.person import Person
from ttt.services.plays.choices import hiding
from ttt.services.plays.choices.hiding import HiddenThing, Kind
from ttt.ui.frame import browser, layout, notices, process
from ttt.ui.frame.listing import sections, times
from ttt.ui.lists import said

_FORM = "hide a stretch"
_SAID, _SHOWN = "hidden things", "It counts again."


def button(
    person: Person,
    *,
    artist: str | None = None,
    album: str | None = None,
    track_id: int | None = None,
) -> None:
    """A button that hides an artist, an album (with its artist) or a track, or shows it again."""
    what = {"artist": artist, "album": album, "track_id": track_id}
    kind = Kind.TRACK if track_id is not None else Kind.ALBUM if album else Kind.ARTIST
    key = f"hide-{artist}-{album}-{track_id}"
    hidden = _hidden(person, what)
    if hidden is None:
        if st.button("Hide from charts", icon=":material/visibility_off:", key=key):
            _hide(person, kind, **what)
        return
    if st.button("Show in charts again", icon=":material/visibility:", key=key):
        with notices.in_words(_SHOWN):
            hiding.show(process.context(), person, hidden.id)


def listed(person: Person) -> None:
    """All that is hidden, each with the way back, and a form that hides a stretch of time."""
    every = hiding.listed(process.context(), person)
    sections.heading("Left out of charts", _sentence(len(every)))
    said.show(_SAID)
    with st.container(gap=None, key="hidden"):
        for thing in every:
            with sections.row(f"hidden-{thing.id}", _name(thing), _kind(thing)):
                if st.button(
                    notices.about("Show again", _name(thing)),
                    type="tertiary",
                    key=f"show-{thing.id}",
                ):
                    _show_again(person, thing)
    place = layout.fold("Hide a stretch of time", None, "hiding")
    if place is not None:
        with place:
            _stretch(person)


def span(days: tuple[date, ...], zone: tzinfo | None) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last; InvalidInput for less."""
    if len(days) != 2:
        raise InvalidInput("Choose the first and the last day.")
    first, last = (datetime.combine(day, time(), zone).astimezone() for day in _from_to(days))
    return first, last


def _from_to(days: tuple[date, ...]) -> tuple[date, date]:
    return days[0], days[1] + timedelta(days=1)


def _stretch(person: Person) -> None:
    sections.small(
        "Somebody else used your account, or the player ran all night? Plays of these days stay, "
        "and no chart counts them until you take it back."
    )
    with st.form(_FORM, border=False):
        chosen: Any = st.date_input(
            "First and last day", [], format="YYYY-MM-DD", min_value=date(2000, 1, 1), key=_FORM
        )
        if st.form_submit_button("Hide these days", icon=":material/visibility_off:"):
            with notices.telling(InvalidInput):
                from_at, until_at = span(tuple(chosen), browser.zone())
                _hide(person, Kind.TIME, span=(from_at, until_at))


def _hidden(person: Person, what: Mapping[str, Any]) -> HiddenThing | None:
    every = hiding.listed(process.context(), person)
    same = (
        one
        for one in every
        if one.from_at is None
        and one.until_at is None
        and (one.artist, one.album, one.track_id)
        == (what["artist"], what["album"], what["track_id"])
    )
    return next(same, None)


def _hide(person: Person, kind: Kind, **what: Any) -> None:
    with notices.in_words("Left out of charts. Imports lists it, to be taken back."):
        hiding.hide(process.context(), person, kind, **what)


def _show_again(person: Person, thing: HiddenThing) -> None:
    with notices.telling(NotFound, StoreError):
        hiding.show(process.context(), person, thing.id)
        said.say(_SAID, _SHOWN, lambda: _hide_again(person, thing))
        st.rerun()


def _hide_again(person: Person, thing: HiddenThing) -> None:
    hiding.hide(
        process.context(),
        person,
        thing.kind,
        artist=thing.artist,
        album=thing.album,
        track_id=thing.track_id,
        span=(thing.from_at, thing.until_at),
    )


def _sentence(count: int) -> str:
    if not count:
        return "Nothing is hidden"
    return "One thing is hidden" if count == 1 else f"{count:,} things are hidden"


def _name(thing: HiddenThing) -> str:
    match thing.kind:
        case Kind.TIME:
            return _days(thing)
        case Kind.TRACK:
            return thing.title or "A track"
        case Kind.ALBUM:
            return thing.album or ""
    return thing.artist or ""


def _kind(thing: HiddenThing) -> str:
    by = f" by {thing.artist}" if thing.kind is Kind.ALBUM and thing.artist else ""
    if thing.kind is Kind.TIME:
        return "a stretch of time"
    is_part = thing.from_at is not None or thing.until_at is not None
    return f"{thing.kind}{by}" + (f", {_days(thing)}" if is_part else "")


def _days(thing: HiddenThing) -> str:
    first = times.day(thing.from_at) if thing.from_at else ""
    last = times.day(thing.until_at - timedelta(seconds=1)) if thing.until_at else ""
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"since {first}" if first else f"until {last}"
