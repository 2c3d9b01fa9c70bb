"""Rows of what was heard: rank, cover, title over artist, movement, number; each a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit as st

from ttt import words
from ttt.chartdata import Chart, ChartRow, Of, Reign, Sitting, SkippedRow, Step, Stories, TopRow
from ttt.services.plays.frame import Tracks
from ttt.services.plays.measures import counting
from ttt.ui.frame import covers
from ttt.ui.tracks import leading
from ttt.ui.tracks.leading import Name

_BY_ARTISTS = {Of.TRACKS, Of.ALBUMS}
_SAID = {"▲": "up", "▼": "down", "–": "as before"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is shown; `move` stands before the number, the initials of `by` on a cover.

    `names` stand before the subtitle, each a link to its page where it has one. `part` stands
    below the number. `is_now` is what plays this moment. A `year` stands in the place of a rank;
    without either no place is kept.
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
    part: str = ""
    year: int | None = None


def show(rows: Iterable[Row], empty: str) -> None:
    """Show the rows, or a sentence where there are none."""
    st.html(html(rows, empty))


def html(rows: Iterable[Row], empty: str) -> str:
    """The rows as HTML, or a sentence where there are none."""
    items = list(map(_item, rows))
    if not items:
        return f'<p class="ttt-none">{escape(empty)}</p>' if empty else ""
    # In two columns the first has the one more.
    half = (len(items) + 1) // 2
    return f'<ol class="ttt-heard" style="--half:{half}">{"".join(items)}</ol>'


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


def chart(data: Chart, tracks: Tracks, minutes: bool) -> list[Row]:
    """Rows of the chart of a week or month."""
    of = data.of
    return [
        Row(
            str(row.rank),
            row.title,
            _past(row, of, data.step),
            f"{row.minutes if minutes else row.plays:,.0f}",
            link(of, row.key, tracks),
            row.cover_url,
            moved(None if row.last is None else row.last - row.rank, row.note),
            row.title if of is Of.ARTISTS else row.subtitle,
            _names(row.subtitle, of, tracks),
            part=words.share(row.share, 1),
        )
        for row in data.rows
    ]


def reigns(rows: Iterable[Reign], of: Of, tracks: Tracks, step: str) -> list[Row]:
    """Rows of what held a place for how long."""
    return [
        Row(
            *(str(n), row.title, _rest(row.subtitle, of)),
            words.counted(row.steps, step),
            link(of, row.key, tracks),
            row.cover_url,
            by=row.title if of is Of.ARTISTS else row.subtitle,
            names=_names(row.subtitle, of, tracks),
        )
        for n, row in enumerate(rows, start=1)
    ]


def stories(
    told: Stories, tracks: Tracks, most: int | None = None, *, by_year: bool = False
) -> list[Row]:
    """Rows of a list of tracks with a story, all or the first few, by their place or `by_year`."""
    return [
        Row(
            str(n),
            row.title,
            row.words,
            words.counted(row.number, told.unit),
            link(Of.TRACKS, row.key, tracks),
            row.cover_url,
            by=row.artists,
            names=by(row.artists, tracks),
            year=row.first.year if by_year and row.first else None,
        )
        for n, row in enumerate(told.rows[:most], start=1)
    ]


def sittings(longest: Iterable[Sitting], tracks: Tracks) -> list[Row]:
    """Rows of what was heard without a break, each by the track heard most in it."""
    return [
        Row(
            str(n),
            one.most_heard or "Skips alone",
            f"{words.short_day(one.began.date(), year=True)}, {one.began:%H:%M}",
            words.length(one.seconds),
            "" if one.key is None else link(Of.TRACKS, one.key, tracks),
            one.cover_url,
            words.counted(one.plays, "play"),
            by=one.artists,
            names=by(one.artists, tracks),
        )
        for n, one in enumerate(longest, start=1)
    ]


def skipped(most: Iterable[SkippedRow], tracks: Tracks) -> list[Row]:
    """Rows of what was left early, of how many times it began."""
    return [
        Row(
            *(str(n), row.title, "", words.counted(row.skips, "skip")),
            link(Of.TRACKS, row.key, tracks),
            row.cover_url,
            by=row.artists,
            names=by(row.artists, tracks),
            part=f"of {row.begun:,}",
        )
        for n, row in enumerate(most, start=1)
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


def _past(row: ChartRow, of: Of, step: Step) -> str:
    star = " ★" if row.peak == row.rank else ""
    times = f"peak {row.peak}{star} · {words.counted(row.steps, step)}"
    rest = _rest(row.subtitle, of)
    return f"{rest} · {times}" if rest else times


def _item(row: Row) -> str:
    cover = row.cover_url or covers.square(row.by or row.title, row.title)
    kind = " class=now" if row.is_now else ""
    title = f"<b>{escape(row.title)}</b>"
    if row.link:
        title = f'<a href="{escape(row.link)}" target="_self">{title}</a>'
    return (
        f"<li{kind}>{_place(row)}"
        f'<img src="{escape(cover)}" alt="" loading="lazy">'
        f'<span class="who">{title}<small>{_under(row)}</small></span>'
        f"{_move(row.move)}"
        f'<span class="number">{escape(row.number)}{_part(row)}</span></li>'
    )


def _place(row: Row) -> str:
    if row.year is not None:
        return f'<span class="place year">{row.year}</span>'
    return f'<span class="place">{escape(row.rank)}</span>' if row.rank else ""


def _move(move: str) -> str:
    """A movement, whose signs are read aloud as words."""
    sign, _, places = move.partition(" ")
    said = f"{_SAID[sign]} {places}".strip() if sign in _SAID else ""
    aloud = f' role="img" aria-label="{said}"' if said else ""
    return f'<span class="move"{aloud}>{escape(move)}</span>'


def _under(row: Row) -> str:
    """Names and what is said of it; a phone has a line for each."""
    names, said = leading.html(row.names), escape(row.subtitle)
    if not names or not said:
        return names or said
    return f"<span>{names}</span><i> · </i><span>{said}</span>"


def _part(row: Row) -> str:
    return f"<small>{escape(row.part)}</small>" if row.part else ""
