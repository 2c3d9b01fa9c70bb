"""The line below the name of one thing: what it belongs to and what belongs to it, as links."""

from collections.abc import Hashable, Iterable

import numpy as np
import streamlit as st

from ttt.chartdata import By, Of
from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import life, tops
from ttt.ui.frame import covers
from ttt.ui.plays import panel, rows
from ttt.ui.tracks import leading
from ttt.ui.tracks.leading import Name

_MOST = 3


def show(frame: Frame, of: Of, key: int, stamp: Hashable) -> None:
    """What kind of thing it is, then names that each lead to their page."""
    parts = panel.measured(("about", stamp, of, key), lambda: _parts(frame, of, key))
    st.html(f'<p class="ttt-of">{" · ".join([of.one.capitalize(), *parts])}</p>')


def face(frame: Frame, of: Of, key: int) -> str:
    """Where its picture is: its cover, or its initials; a genre has none."""
    if of is Of.GENRES:
        return ""
    name, by, track = tops.named(frame, of, key)
    cover = None if of is Of.ARTISTS or track < 0 else frame.tracks.cover_url[track]
    return cover or covers.square(by or name, name)


def _parts(frame: Frame, of: Of, key: int) -> list[str]:
    """Artists, albums and genres of it, as HTML, without those that nobody knows."""
    subtitle, face = tops.named(frame, of, key)[1:]
    found = [leading.html(rows.by(subtitle, frame.tracks))]
    if of is Of.TRACKS:
        found.append(leading.html(album(frame, face)))
    if of is Of.ARTISTS:
        found.append(_most(frame, of, key, Of.ALBUMS, "most from"))
    if of is Of.GENRES:
        found.append(_most(frame, of, key, Of.ARTISTS, "most by"))
    else:
        found.append(leading.html((name, leading.genre(name)) for name in _genres(frame, of, key)))
    return [part for part in found if part]


def album(frame: Frame, face: int) -> Iterable[Name]:
    """The album of a track, with its page."""
    place = int(frame.tracks.album[face])
    if place >= 0:
        yield frame.tracks.album_names[place], rows.link(Of.ALBUMS, place, frame.tracks)


def _most(frame: Frame, of: Of, key: int, what: Of, words: str) -> str:
    """What of it is heard most."""
    mine = life.part(frame, of, key)
    names = [
        (tops.named(frame, what, int(one))[0], rows.link(what, int(one), frame.tracks))
        for one in tops.ranked(mine, what, By.PLAYS, _MOST)
    ]
    return f"{words} {leading.html(names)}" if names else ""


def _genres(frame: Frame, of: Of, key: int) -> list[str]:
    """The genres that most of its tracks have."""
    tracks = frame.tracks
    owners = {Of.TRACKS: tracks.recording, Of.ALBUMS: tracks.album, Of.ARTISTS: tracks.artist}[of]
    each = np.repeat(owners == key, tracks.genres_each)
    counts = np.bincount(tracks.genre[each], minlength=len(tracks.genre_names))
    order = np.argsort(-counts, kind="stable")[:_MOST]
    return [tracks.genre_names[n] for n in order if counts[n]]
