"""The cards of a year, a month or any time, to keep and to show."""

import streamlit as st

from ttt.chartdata import By, Caption, Of, Recap
from ttt.charts import cards as drawing
from ttt.charts.cards import Card
from ttt.charts.theme import theme
from ttt.services.plays.frame import Span, Tracks, usual
from ttt.services.plays.measures import recap
from ttt.text import file_name
from ttt.ui.frame import address, browser
from ttt.ui.plays import panel, rows
from ttt.ui.plays.history import History
from ttt.ui.plays.parts import cards
from ttt.ui.plays.parts.cards import File, Tile
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
        st.info("Nothing was played in this time.")
        return None
    tiles = [Tile(card.title, card.svg, _files(card, span)) for card in found]
    named = Tile("", _named(data, history.frame.tracks), _sheet(found, span))
    cards.show([*tiles, named], _ACROSS, "recap cards")
    panel.folded("What the cards say", _Told(data), history.frame.tracks)
    return data


def _named(data: Recap, tracks: Tracks) -> str:
    """Whatever the cards name, each with its page: a picture cannot be clicked."""
    kinds = {Of.TRACKS: data.tracks, Of.ARTISTS: data.artists, Of.ALBUMS: data.albums}
    named = {
        of: [(row.title, rows.link(of, row.key, tracks)) for row in top]
        for of, top in kinds.items()
    }
    known = (name for name in data.genres if name in tracks.genre_names)
    named[Of.GENRES] = [(name, leading.genre(name)) for name in known]
    lines = (
        f"<p>{of.capitalize()}: {leading.html(names)}</p>" for of, names in named.items() if names
    )
    return "<h2>In these cards</h2>" + "".join(lines)


class _Told:
    """A recap as the table of a chart."""

    def __init__(self, data: Recap) -> None:
        self.caption = Caption("", "", "")
        self.table = data.table


def _files(card: Card, span: Span) -> tuple[File, File]:
    name = f"recap {span.key} {card.name}"
    return (
        File("Picture", file_name(name, "png"), "image/png", lambda: drawing.png(card.svg)),
        File("SVG", file_name(name, "svg"), "image/svg+xml", card.svg.encode),
    )


def _sheet(found: tuple[Card, ...], span: Span) -> tuple[File, File]:
    """All cards on one sheet."""
    colours, name = theme(browser.theme()), f"recap {span.key}"

    def sheet() -> str:
        return drawing.whole(found, colours)

    return (
        File("All cards", file_name(name, "png"), "image/png", lambda: drawing.png(sheet(), 3000)),
        File("All cards, SVG", file_name(name, "svg"), "image/svg+xml", lambda: sheet().encode()),
    )


def years(span: Span, history: History) -> None:
    """The last four years at a press."""
    options = [str(year) for year in usual.years(history.whole, history.today)]
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
