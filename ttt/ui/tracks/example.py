"""What an empty page will show: a faint list that says it is an example, and the one next step."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

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


@contextmanager
def around(title: str, sentence: str) -> Iterator[None]:
    """Put what is drawn within, the next step, over an example of the list that is missing."""
    rows = "".join(_row(place, *track) for place, track in enumerate(_TRACKS, start=1))
    with st.container(key="nothing"):
        st.html(
            '<p class="ttt-example-name">An example</p>'
            f'<div class="ttt-example" aria-hidden="true"><ol class="ttt-tracks">{rows}</ol></div>'
        )
        with st.container(key="ask", gap="small"):
            st.subheader(title, anchor=False)
            st.markdown(sentence)
            yield


def _row(place: int, title: str, artist: str, *values: str) -> str:
    numbers = "".join(f"<span>{value}</span>" for value in values)
    return (
        f'<li class="ttt-track"><span class="place">{place}</span>'
        f'<img src="{escape(covers.square(artist, title))}" alt="">'
        f'<span class="who"><b>{escape(title)}</b><small>{escape(artist)}</small></span>'
        f'<span class="values">{numbers}</span></li>'
    )
