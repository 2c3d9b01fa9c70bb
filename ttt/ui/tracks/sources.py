"""How each source of values stands."""

from html import escape

import streamlit as st

from ttt import words
from ttt.found import Source
from ttt.services.explain import clock, clock_after
from ttt.services.person import Person
from ttt.services.values import standing
from ttt.services.values.standing import Standing
from ttt.ui.frame import browser, notices, process

_ON_BY_SETTINGS = (
    ", or `TTT_FEATURE_PROVIDERS`, `TTT_POPULARITY_PROVIDERS` or `TTT_GENRE_PROVIDERS` names them."
)
# Last.fm's terms ask for it.
_LASTFM_CREDIT = (
    '<p><a href="https://www.last.fm" target="_blank" rel="noopener">'
    "powered by AudioScrobbler</a></p>"
)


def standings(person: Person) -> None:
    """Each source that is asked over the network: on or off, why, and its day so far."""
    context = process.context()
    st.header("Sources", anchor=False)
    if said := standing.only_catalogue(context):
        st.caption(
            "With the demo Spotify only the bundled catalogue is asked, which has values of "
            "autumn 2022: nothing leaves this machine. The sources below are asked as soon as a "
            "real Spotify is connected" + (_ON_BY_SETTINGS if person.is_admin else ".")
        )
    else:
        st.caption(
            "Where values come from that Spotify no longer gives. Numbers are those of today, "
            "counted for everybody on this server."
        )
    items = "".join(_item(person, one, said) for one in standing.standings(context))
    st.html(f'<ul class="ttt-sources">{items}</ul>')


def _item(person: Person, one: Standing, said_why: bool) -> str:
    state, zone = "off" if one.why_off else "on", browser.zone()
    gives = ", ".join(kind.value for kind in one.kinds)
    off = notices.why_off(one.why_off, person) if one.why_off else None
    lines = [_day(one), _knew(one)] if off is None else [] if said_why else [off]
    if one.blocked_until is not None:
        lines.append(f"Left alone until {clock_after(one.blocked_until, zone)}.")
    if one.last_error is not None and one.last_error_at is not None:
        lines.append(f"Last error, {clock(one.last_error_at, zone)}: {one.last_error}")
    said = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    if one.source is Source.LASTFM and not one.why_off:
        said += _LASTFM_CREDIT
    return (
        f'<li><div><b>{escape(one.source.label)}</b><span class="{state}">{state}</span>'
        f"<small>{escape(gives)}</small></div><div>{said}</div></li>"
    )


def _day(one: Standing) -> str:
    calls = words.counted(one.calls, "call")
    return f"{calls} today, {one.budget_left:,} left until midnight UTC."


def _knew(one: Standing) -> str:
    if one.hit_rate is None:
        return "Not asked about any track today."
    asked = one.hits + one.misses
    if asked == 1:
        return f"{'Knew' if one.hits else 'Did not know'} the one track it was asked about."
    return f"Knew {words.share(one.hits, asked)} of the {asked:,} tracks it was asked about."
