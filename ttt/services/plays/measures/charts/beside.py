"""A list that Spotify made of four weeks beside what was really played in them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ttt import words
from ttt.chartdata import Beside, By, Caption, Listed, Of
from ttt.services.matching import naming
from ttt.services.plays.frame import Frame
from ttt.services.plays.frame.span import between
from ttt.services.plays.measures import coverage, tops

_DAYS = 28


class Ranked(NamedTuple):
    """A track as Spotify ranks it."""

    rank: int
    uri: str
    title: str
    artists: tuple[str, ...]
    cover_url: str | None = None


def beside(frame: Frame, day: date, listed: Iterable[Ranked]) -> Beside:
    """Spotify's ranks of a day with one's own places of the four weeks up to it, by plays.

    Both agree on a track that is among one's own first as many as are listed.
    """
    span = between(day - timedelta(days=_DAYS - 1), day, day)
    order = tops.ranked(frame.within(span), Of.TRACKS, By.PLAYS).tolist()
    places = {key: place for place, key in enumerate(order, start=1)}
    find = _Finder(frame)
    rows = []
    for track in listed:
        key = find(track)
        mine = places.get(-1 if key is None else key)
        artists = ", ".join(track.artists)
        rows.append(Listed(track.rank, track.title, artists, mine, key, track.uri, track.cover_url))
    agree = sum(row.mine is not None and row.mine <= len(rows) for row in rows)
    return Beside(
        tuple(rows),
        agree,
        Caption(
            f"{agree} of {len(rows)} agree with what you played most in those four weeks",
            coverage.recorded(frame, span),
            f"Spotify’s list of four weeks as it was on {words.day(day, year=True)}; it does not "
            "tell by which rules it ranks. At the right your own place",
        ),
    )


class _Finder:
    """Finds the recording of a track: by its id, else by title and artist."""

    def __init__(self, frame: Frame) -> None:
        tracks = frame.tracks
        recordings: list[int] = tracks.recording.tolist()
        self._by_uri = dict(zip(tracks.uri, recordings, strict=True))
        self._by_name: dict[tuple[str, str], int] = frame.keep(
            "recordings by name",
            lambda: {
                _name(title, tracks.artist_names[artist]): recording
                for title, artist, recording in zip(
                    tracks.title, tracks.artist.tolist(), recordings, strict=True
                )
                if artist >= 0
            },
        )

    def __call__(self, track: Ranked) -> int | None:
        """The number of its recording, None where it was never played."""
        if track.uri in self._by_uri:
            return self._by_uri[track.uri]
        if not track.artists:
            return None
        return self._by_name.get(_name(track.title, track.artists[0]))


def _name(title: str, artist: str) -> tuple[str, str]:
    return naming.title_key(title), naming.artist_key(artist)
