"""The cards of a year, a month or any time, to keep and to show."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.chartdata import By, Caption, Of, Recap
from ttt.charts import cards as drawing
from ttt.charts.cards import Card
from ttt.charts.theme import theme
from ttt.services.plays.frame import Span, Tracks
from ttt.services.plays.frame.span import of_year
from ttt.services.plays.measures import recap
from ttt.text import file_name
from ttt.ui.frame import address, browser, layout
from ttt.ui.plays import panel, rows
from ttt.ui.plays.choices import Chosen
from ttt.ui.plays.history import History
from ttt.ui.tracks import leading

_ACROSS = 3


def show(history: History, span: Span, by: By) -> Recap | None:
    """All cards, each with its picture to save, and all on one sheet; None where there are none."""
    data = panel.measured(
        ("recap", history.stamp, span.key, by), lambda: recap.recap(history.frame, span, by)
    )
    colours = browser.theme()
    found = panel.measured(
        ("cards", history.stamp, span.key, by, colours), lambda: drawing.cards(data, theme(colours))
    )
    if not found:
        st.info("Nothing was played in this time.", icon=":material/history:")
        return None
    with _cards(found, span):
        layout.heading("In these cards", "", "said")
        _named(data, history.frame.tracks)
        _all(found, span)
    panel.as_table("What the cards say", _Told(data), history.frame.tracks)
    return data


def _cards(found: tuple[Card, ...], span: Span) -> DeltaGenerator:
    """The cards, three across; what their last row leaves free is for what is said of them all."""
    left = len(found) % _ACROSS
    for start in range(0, len(found) - left, _ACROSS):
        for column, card in zip(st.columns(_ACROSS, gap="medium"), found[start:], strict=False):
            with column:
                _card(card, span)
    columns = st.columns([*[1] * left, _ACROSS - left], gap="medium")
    for column, card in zip(columns, found[len(found) - left :], strict=False):
        with column:
            _card(card, span)
    return columns[-1].container(key=f"recap-all-{_ACROSS - left}")


def _named(data: Recap, tracks: Tracks) -> None:
    """Whatever the cards name, each with its page: a picture cannot be clicked."""
    kinds = {Of.TRACKS: data.tracks, Of.ARTISTS: data.artists, Of.ALBUMS: data.albums}
    named = {
        of: [(row.title, rows.link(of, row.key, tracks)) for row in top]
        for of, top in kinds.items()
    }
    known = (name for name in data.genres if name in tracks.genre_names)
    named[Of.GENRES] = [(name, leading.genre(name)) for name in known]
    st.html(
        "".join(
            f'<p class="ttt-of">{of.capitalize()}: {leading.html(names)}</p>'
            for of, names in named.items()
            if names
        )
    )


class _Told:
    """A recap as the table of a chart."""

    def __init__(self, data: Recap) -> None:
        self.caption = Caption("", "", "")
        self.table = data.table


def _card(card: Card, span: Span) -> None:
    # Every title in it is escaped where the card is drawn.
    with st.container(key=f"card-{card.name}"):
        st.markdown(f'<div class="ttt-card">{card.svg}</div>', unsafe_allow_html=True)
    name = f"recap {span.key} {card.name}"
    with st.container(horizontal=True, key=f"save-{card.name}"):
        _download("Picture", lambda: drawing.png(card.svg), file_name(name, "png"), "image/png")
        _download("SVG", card.svg.encode, file_name(name, "svg"), "image/svg+xml")


def _all(found: tuple[Card, ...], span: Span) -> None:
    colours = theme(browser.theme())
    name = f"recap {span.key}"

    def sheet() -> str:
        return drawing.whole(found, colours)

    with st.container(horizontal=True, key="save-all"):
        _download(
            "All cards", lambda: drawing.png(sheet(), 3000), file_name(name, "png"), "image/png"
        )
        _download(
            "All cards, SVG", lambda: sheet().encode(), file_name(name, "svg"), "image/svg+xml"
        )


def _download(label: str, make: Callable[[], bytes], name: str, kind: str) -> None:
    # Drawn when somebody presses it, as a picture takes a while.
    st.download_button(
        label,
        make,
        name,
        kind,
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"save {name}",
    )


def year_or(chosen: Chosen, history: History) -> Span:
    """The span that the address names, or this year so far."""
    if not chosen.range:
        return of_year(history.today.year, history.today)
    return chosen.span(history)


def years(span: Span, history: History) -> None:
    """The last four years at a press."""
    first = max(history.begins.year, history.today.year - 3)
    options = [str(year) for year in range(history.today.year, first - 1, -1)]
    st.session_state["plays year"] = span.key if span.key in options else None
    st.segmented_control(
        "Year",
        options,
        label_visibility="collapsed",
        key="plays year",
        on_change=_keep_year,
    )


def _keep_year() -> None:
    if chosen := st.session_state["plays year"]:
        address.keep({"range": chosen})
