"""Spotify's own list of the time of a chart, beside it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.chartdata import Listed, Of
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.plays.frame import Tracks
from ttt.services.plays.measures.charts.beside import Ranked, beside
from ttt.services.top.top_tracks import TopList
from ttt.ui.frame import reads
from ttt.ui.plays import panel, rows
from ttt.ui.plays.own_charts import Shown

_NAME = "Spotify’s own list"
_ROWS = 10


def show(person: Person, view: Shown, otherwise: DeltaGenerator) -> bool:
    """Show the last one that was kept in the chart's week or month, with one's own places.

    Returns whether any was; that none was is said where it fits `otherwise`.
    """
    if view.of is not Of.TRACKS:
        return False
    history, last = view.history, view.last
    zone = ZoneInfo(history.whole.zone)
    since, until = _midnight(view.at, zone), _midnight(last + timedelta(days=1), zone)
    top = reads.top_list_between(person, Period.SHORT_TERM, since, until)
    if top.taken_at is None or not top.rows:
        none = f"None of Spotify’s own lists was kept in this {view.step}: one is kept a day"
        otherwise.caption(f"{none} while Spotify is connected.")
        return False
    day = top.taken_at.astimezone(zone).date()
    data = panel.measured(
        ("spotify list", history.stamp, top.taken_at, person.revision),
        lambda: beside(history.frame, day, _ranked(top)),
    )
    tracks = history.frame.tracks
    with st.container(key="spotify-list"):
        shown = [_row(row, tracks) for row in data.rows[:_ROWS]]
        panel.show(panel.listed(_NAME, data, shown, tracks=tracks))
    return True


def _ranked(top: TopList) -> list[Ranked]:
    return [
        Ranked(row.rank or place, row.uri, row.title or row.uri, row.artists, row.cover_url)
        for place, row in enumerate(top.rows, start=1)
    ]


def _row(row: Listed, tracks: Tracks) -> rows.Row:
    if row.key is not None:
        link = rows.link(Of.TRACKS, row.key, tracks)
    else:
        link = f"https://open.spotify.com/track/{row.uri.rpartition(':')[2]}"
    mine = "–" if row.mine is None else str(row.mine)
    return rows.Row(
        *(str(row.rank), row.title, "", mine, link, row.cover_url),
        by=row.artists,
        names=rows.by(row.artists, tracks),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
