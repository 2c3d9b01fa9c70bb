"""What an empty page will show: faintly, with a word that it is an example, and the next step."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from math import sin
from urllib.parse import quote

import streamlit as st

from ttt.ui.frame import covers

# Of the bundled catalogue: title, artist, popularity, energy, valence, tempo.
_TRACKS = (
    ("Shut Up and Dance", "WALK THE MOON", "83", "0.87", "0.62", "128"),
    ("Sweater Weather", "The Neighbourhood", "93", "0.81", "0.40", "124"),
    ("505", "Arctic Monkeys", "88", "0.87", "0.25", "140"),
    ("Toxicity", "System Of A Down", "81", "0.87", "0.48", "117"),
    ("Electric Love", "BØRNS", "82", "0.80", "0.52", "120"),
    ("In the End", "Linkin Park", "85", "0.86", "0.40", "105"),
    ("Beggin'", "Måneskin", "86", "0.80", "0.59", "134"),
)
_WEEKS, _WIDTH, _HEIGHT = 53, 1_060, 200


@contextmanager
def around(title: str, sentence: str) -> Iterator[None]:
    """Put what is drawn within, the next step, over an example of the list that is missing."""
    with _over(_tracks(), title, sentence):
        yield


@contextmanager
def around_plays(title: str, sentence: str) -> Iterator[None]:
    """The same over an example of a year of plays."""
    with _over(_year() + _tracks(), title, sentence):
        yield


@contextmanager
def _over(drawn: str, title: str, sentence: str) -> Iterator[None]:
    with st.container(key="nothing"):
        st.html(
            '<p class="ttt-example-name">An example</p>'
            '<div class="ttt-example" role="group" aria-disabled="true" aria-hidden="true">'
            f"{drawn}</div>"
        )
        with st.container(key="ask", gap="small"):
            st.header(title, anchor=False)
            st.markdown(sentence)
            yield


def _tracks() -> str:
    rows = "".join(_row(place, *track) for place, track in enumerate(_TRACKS, start=1))
    return f'<ol class="ttt-tracks">{rows}</ol>'


def _row(place: int, title: str, artist: str, *values: str) -> str:
    numbers = "".join(f"<span>{value}</span>" for value in values)
    return (
        f'<li class="ttt-track"><span class="place">{place}</span>'
        f'<img src="{escape(covers.square(artist, title))}" alt="">'
        f'<span class="who"><b>{escape(title)}</b><small>{escape(artist)}</small></span>'
        f'<span class="values">{numbers}</span></li>'
    )


def _year() -> str:
    """A bar a week, more of them in summer."""
    bars = "".join(
        f'<rect x="{week * _WIDTH / _WEEKS:.0f}" y="{_HEIGHT - tall:.0f}" width="15"'
        f' height="{tall:.0f}" rx="2"/>'
        for week in range(_WEEKS)
        for tall in [96 + 52 * sin((week - 14) / 8.3) + 36 * sin(week * 2.1)]
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" fill="#888">'
        f"{bars}</svg>"
    )
    return f'<img src="data:image/svg+xml,{quote(svg)}" alt="" width="100%">'
