"""The page of one track, artist, album or genre."""

import numpy as np
import streamlit as st

from ttt.chartdata import By, Caption, Life, Of, Tops
from ttt.charts.plays import life as figures
from ttt.services.person import Person
from ttt.services.plays.frame import Frame, Narrowing
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures import life, tops, words
from ttt.ui.frame import address, layout, notices
from ttt.ui.plays import hiding, history, joining, make, one_track, panel, rows
from ttt.ui.plays.history import History


def page(person: Person, of: Of) -> None:
    """Everything about the one that the address names."""
    told = address.of_page(["id", "name"])
    plays = history.read(person, Narrowing())
    history.stop_without_plays(plays, of.one.capitalize())
    key = _key(plays.frame, of, told.get("id", ""), told.get("name", ""))
    if key is None:
        layout.head(of.one.capitalize())
        st.info(f"No {of.one} of this address is among your plays.", icon=":material/search_off:")
        return
    data = panel.measured(
        ("life", plays.stamp, of, key), lambda: life.life(plays.frame, of, key, plays.today)
    )
    _head(plays, of, key, data)
    left, right = st.columns([2.1, 1], gap="large")
    with left:
        _figures(plays, of, key, data)
    with right:
        if of is Of.TRACKS:
            one_track.show(person, plays, key)
        else:
            _most_heard(person, plays, of, key)
        _counted(person, plays, of, key)


def _key(frame: Frame, of: Of, id_: str, name: str) -> int | None:
    """The number of what the address names, if it was ever played."""
    tracks = frame.tracks
    if of in {Of.ARTISTS, Of.GENRES}:
        names = tracks.artist_names if of is Of.ARTISTS else tracks.genre_names
        return names.index(name) if name in names else None
    place = _place(frame, id_)
    if place is None:
        return None
    found = int(tracks.recording[place] if of is Of.TRACKS else tracks.album[place])
    return found if found >= 0 else None


def _place(frame: Frame, id_: str) -> int | None:
    """Place of a track by the number that it has here, or by its id at Spotify."""
    tracks = frame.tracks
    if not id_.isascii():
        return None
    if id_.isdigit() and len(id_) < 12:
        places = np.flatnonzero(tracks.id == int(id_))
        return int(places[0]) if len(places) else None
    return tracks.places.get(f"spotify:track:{id_}")


def _head(plays: History, of: Of, key: int, data: Life) -> None:
    _, subtitle, face = tops.named(plays.frame, of, key)
    parts = [notices.plain(subtitle)] if subtitle else []
    if of is Of.TRACKS and (album := int(plays.frame.tracks.album[face])) >= 0:
        parts.append(notices.plain(plays.frame.tracks.album_names[album]))
    layout.head(notices.plain(data.name), " · ".join(parts) or of.one.capitalize())
    about = "about " if data.about else ""
    best, times = data.peak or (None, 0)
    begun = data.plays + data.skips
    first = words.short_day(data.first, year=True) if data.first else None
    last = f"last on {words.short_day(data.last, year=True)}" if data.last else ""
    months = f"for {words.counted(times, 'month')}" if best else "never on your charts"
    skipped = f"{words.share(data.skips, begun)} of times begun it was skipped"
    panel.numbers(
        [
            layout.Number(
                "Plays",
                f"{data.plays:,}",
                words=skipped,
                short=f"{words.share(data.skips, begun)} skipped",
            ),
            layout.Number("Hours", f"{about}{data.minutes / 60:,.1f}"),
            layout.Number("First heard", first, words=last, short=str(data.last or "")),
            layout.Number("Best place", str(best) if best else "none", words=months, short=months),
        ],
        "life",
    )


def _figures(plays: History, of: Of, key: int, data: Life) -> None:
    stamp = (plays.stamp, of, key)
    panel.show("Its life with you", stamp, lambda: data, figures.figure)
    panel.show("Plays by month", (*stamp, "months"), lambda: _months(data), figures.months)
    if of is not Of.GENRES:
        panel.show("Place on your charts", (*stamp, "ranks"), lambda: _ranks(data), figures.places)


def _months(data: Life) -> Life:
    known = [(n or 0, start) for n, start in zip(data.each, data.starts, strict=True)]
    most, start = max(known)
    text = f"Most in {words.month(start)}: {most}" if most else "Never played"
    return _said(data, text)


def _ranks(data: Life) -> Life:
    if data.peak is None:
        return _said(data, "Never among the first forty of a month")
    best, times = data.peak
    return _said(data, f"Number {best} in {words.counted(times, 'month')}")


def _said(data: Life, takeaway: str) -> Life:
    fields = {name: getattr(data, name) for name in data.__dataclass_fields__}
    return Life(**fields | {"caption": Caption(takeaway, "", "")})


def _counted(person: Person, plays: History, of: Of, key: int) -> None:
    """What the person decides about it: whether charts show it, and what counts as one with it."""
    tracks = plays.frame.tracks
    if of is Of.TRACKS:
        track_id, joined, others = panel.measured(
            ("ids", plays.stamp, key), lambda: life.ids(plays.frame, key)
        )
        joining.offer(person, track_id, joined, others)
        hiding.button(person, track_id=track_id)
    elif of is Of.ALBUMS:
        artist = tracks.artist_names[int(tracks.album_artist[key])]
        hiding.button(person, artist=artist, album=tracks.album_names[key])
    elif of is Of.ARTISTS:
        hiding.button(person, artist=tracks.artist_names[key])


def _most_heard(person: Person, plays: History, of: Of, key: int) -> None:
    span = everything(plays.begins, plays.today)

    def most_heard() -> Tops:
        return tops.tops(life.part(plays.frame, of, key), span, Of.TRACKS, By.PLAYS, 20)

    data = panel.measured(("most heard", plays.stamp, of, key), most_heard)
    panel.heading("Most heard", data.caption)
    rows.show(rows.tops(data.rows[:10], Of.TRACKS, plays.frame.tracks), "Nothing was played")
    panel.as_table("Most heard", data)
    name = tops.named(plays.frame, of, key)[0]
    make.offer(person, [row.uri for row in data.rows], name, "most heard")
