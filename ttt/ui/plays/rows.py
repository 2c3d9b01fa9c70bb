"""Rows of what was heard: rank, cover, title over artist, movement, number; each a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit as st

from ttt.chartdata import ChartRow, Of, Reign, Story, TopRow
from ttt.services.plays.frame import Tracks
from ttt.services.plays.measures import counting, words
from ttt.ui.frame import covers
from ttt.ui.tracks import leading
from ttt.ui.tracks.leading import Name

_BY_ARTISTS = {Of.TRACKS, Of.ALBUMS}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is shown; `move` stands before the number, the initials of `by` on a cover.

    `names` stand before the subtitle, each a link to its page where it has one.
    `is_now` is what plays this moment. Without a rank no place is kept for one.
    """

    rank: str
    title: str
    subtitle: str
    number: str
    link: str
    cover_url: str | None = None
    move: str = ""
    by: str = ""
    names: tuple[Name, ...] = ()
    is_now: bool = False


def show(rows: Iterable[Row], empty: str) -> None:
    """The rows, or a sentence where there are none."""
    items = list(map(_item, rows))
    if items:
        # In two columns the first has the one more.
        half = (len(items) + 1) // 2
        st.html(f'<ol class="ttt-heard" style="--half:{half}">{"".join(items)}</ol>')
    else:
        st.caption(empty)


def tops(rows: Iterable[TopRow], of: Of, tracks: Tracks) -> list[Row]:
    """Rows of a top list."""
    return [
        Row(
            *(str(row.rank), row.title, _rest(row.subtitle, of), f"{row.value:,.0f}"),
            link(of, row.key, tracks),
            row.cover_url,
            moved(row.climbed, row.note),
            row.title if of is Of.ARTISTS else row.subtitle,
            _names(row.subtitle, of, tracks),
        )
        for row in rows
    ]


def chart(rows: Iterable[ChartRow], of: Of, tracks: Tracks, minutes: bool) -> list[Row]:
    """Rows of the chart of a week or month."""
    return [
        Row(
            str(row.rank),
            row.title,
            _past(row, of),
            f"{row.minutes if minutes else row.plays:,.0f}",
            link(of, row.key, tracks),
            row.cover_url,
            moved(None if row.last is None else row.last - row.rank, row.note),
            row.title if of is Of.ARTISTS else row.subtitle,
            _names(row.subtitle, of, tracks),
        )
        for row in rows
    ]


def reigns(rows: Iterable[Reign], of: Of, tracks: Tracks, step: str) -> list[Row]:
    """Rows of what held a place for how long."""
    return [
        Row(
            *(str(n), row.title, _rest(row.subtitle, of)),
            f"{row.steps} {step}{'s' * (row.steps != 1)}",
            link(of, row.key, tracks),
            row.cover_url,
            by=row.title if of is Of.ARTISTS else row.subtitle,
            names=_names(row.subtitle, of, tracks),
        )
        for n, row in enumerate(rows, start=1)
    ]


def stories(rows: Iterable[Story], tracks: Tracks, counted: str = "plays") -> list[Row]:
    """Rows of a list of tracks with a story; `counted` begins with what the numbers are."""
    unit = counted.split(maxsplit=1)[0].removesuffix("s")
    return [
        Row(
            str(n),
            row.title,
            row.words,
            words.counted(row.number, unit),
            link(Of.TRACKS, row.key, tracks),
            row.cover_url,
            by=row.artists,
            names=by(row.artists, tracks),
        )
        for n, row in enumerate(rows, start=1)
    ]


def by(artists: str, tracks: Tracks) -> tuple[Name, ...]:
    """Artists of a text that lists them, with their pages."""
    return leading.listed(artists, tracks.artist_places)


def _names(subtitle: str, of: Of, tracks: Tracks) -> tuple[Name, ...]:
    """What the subtitle of a track or an album names; that of an artist counts."""
    return by(subtitle, tracks) if of in _BY_ARTISTS else ()


def _rest(subtitle: str, of: Of) -> str:
    return "" if of in _BY_ARTISTS else subtitle


def link(of: Of, key: int, tracks: Tracks) -> str:
    """Address of the page of a track, artist, album or genre."""
    if of is Of.GENRES:
        return leading.genre(tracks.genre_names[key])
    if of is Of.ARTISTS:
        return leading.artist(tracks.artist_names[key])
    place = int((counting.owner(tracks, of) == key).argmax())
    return f"/{of.one}?id={int(tracks.id[place])}"


def moved(climbed: int | None, note: str) -> str:
    """▲ 3, ▼ 2, –, new or back."""
    if climbed is None:
        return note
    if not climbed:
        return "–"
    return f"{'▲' if climbed > 0 else '▼'} {abs(climbed)}"


def _past(row: ChartRow, of: Of) -> str:
    times = f"peak {row.peak}{'★' if row.peak == row.rank else ''} · {row.steps}×"
    rest = _rest(row.subtitle, of)
    return f"{rest} · {times}" if rest else times


def _item(row: Row) -> str:
    cover = row.cover_url or covers.square(row.by or row.title, row.title)
    place = f'<span class="place">{escape(row.rank)}</span>' if row.rank else ""
    kind = " class=now" if row.is_now else ""
    title = f"<b>{escape(row.title)}</b>"
    if row.link:
        title = f'<a href="{escape(row.link)}" target="_self">{title}</a>'
    under = " · ".join(filter(None, (leading.html(row.names), escape(row.subtitle))))
    return (
        f"<li{kind}>{place}"
        f'<img src="{escape(cover)}" alt="" loading="lazy">'
        f'<span class="who">{title}<small>{under}</small></span>'
        f'<span class="move">{escape(row.move)}</span>'
        f'<span class="number">{escape(row.number)}</span></li>'
    )
