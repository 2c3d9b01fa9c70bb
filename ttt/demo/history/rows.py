"""The plays of a demo listener in the words of Spotify's extended streaming history."""

from collections.abc import Iterator
from datetime import UTC, datetime
from heapq import merge
from operator import itemgetter
from typing import Any

import numpy as np

from ttt.demo.history.lives import LIVES
from ttt.demo.history.plays import DONE, FORWARD, LOGOUT, Plays
from ttt.demo.history.sittings import home
from ttt.demo.library import Library, Track, made_up_id
from ttt.demo.listeners import Listener
from ttt.demo.ranks import Ints

Row = dict[str, Any]
_ENDS = {DONE: "trackdone", FORWARD: "fwdbtn", LOGOUT: "logout"}
_FIRST = ("clickrow", "playbtn", "appload", "remote")
_VIDEO, _TALK = 0.0004, 0.012
_TALK_MS = 1_500_000
_SHOWS = ("Talk of the Town", "The Long Way Home", "Ask an Engineer")
_SKIPPED_SINCE = int(datetime(2018, 1, 1, tzinfo=UTC).timestamp()) * 1000
_SECONDS_SINCE = int(datetime(2019, 1, 1, tzinfo=UTC).timestamp()) * 1000


def audio(library: Library, listener: Listener, plays: Plays) -> Iterator[Row]:
    """Rows of the audio files in order of `ts`, one at a time, as all together are large."""
    music = _rows(library, listener, plays, np.nonzero(plays.luck >= _VIDEO)[0])
    return merge(music, _talk(listener, plays), key=itemgetter("ts"))


def video(library: Library, listener: Listener, plays: Plays) -> Iterator[Row]:
    """Rows of the video file: music that was watched."""
    return _rows(library, listener, plays, np.nonzero(plays.luck < _VIDEO)[0])


def _rows(library: Library, listener: Listener, plays: Plays, places: Ints) -> Iterator[Row]:
    titles = [_titles(track) for track in library.tracks]
    platforms = [device.platform for device in LIVES[listener.id].devices]
    before = np.concatenate([[LOGOUT], plays.reason[:-1]])[places].tolist()
    ts = np.datetime_as_string(_told_at(plays)[places].astype("datetime64[s]"), unit="s").tolist()
    country = _countries(listener, plays.start[places])
    chosen = plays.where(places)
    for at, row in enumerate(zip(*_lists(chosen), strict=True)):
        start, ms, track, reason, device, first, shuffle, private, offline = row
        yield {
            "ts": f"{ts[at]}Z",
            "platform": platforms[device],
            "ms_played": ms,
            "conn_country": country[at],
            "ip_addr": "203.0.113.7",
            **titles[track],
            **_NO_EPISODE,
            "reason_start": _FIRST[start % 4] if first else _ENDS[before[at]],
            "reason_end": _ENDS[reason],
            "shuffle": shuffle,
            "skipped": None if start < _SKIPPED_SINCE else reason == FORWARD,
            "offline": offline,
            "offline_timestamp": start if start < _SECONDS_SINCE else start // 1000,
            "incognito_mode": private,
        }


def _lists(plays: Plays) -> tuple[list[Any], ...]:
    columns = (
        *(plays.start, plays.ms, plays.track, plays.reason, plays.device),
        *(plays.first, plays.shuffle, plays.private, plays.offline),
    )
    return tuple(column.tolist() for column in columns)


def _told_at(plays: Plays) -> Ints:
    """Seconds of the end; for an offline session all that it held is told at its own end."""
    session = np.cumsum(plays.first)
    last = np.append(np.nonzero(np.diff(session))[0], len(plays) - 1)
    ends = plays.end[last][np.unique(session, return_inverse=True)[1]]
    told: Ints = np.where(plays.offline, ends, plays.end) // 1000
    return told


_NO_MUSIC: Row = {
    "master_metadata_track_name": None,
    "master_metadata_album_artist_name": None,
    "master_metadata_album_album_name": None,
    "spotify_track_uri": None,
}
_NO_EPISODE: Row = {
    "episode_name": None,
    "episode_show_name": None,
    "spotify_episode_uri": None,
    "audiobook_title": None,
    "audiobook_uri": None,
    "audiobook_chapter_uri": None,
    "audiobook_chapter_title": None,
}


def _titles(track: Track) -> Row:
    return {
        "master_metadata_track_name": track.title,
        "master_metadata_album_artist_name": track.artists[0].name,
        "master_metadata_album_album_name": track.album,
        "spotify_track_uri": f"spotify:track:{track.id}",
    }


def _countries(listener: Listener, start: Ints) -> list[str]:
    homes = LIVES[listener.id].homes
    since = [datetime(*at.since.timetuple()[:3], tzinfo=UTC).timestamp() * 1000 for at in homes]
    place = np.searchsorted(np.array(since), start, "right").clip(min=1) - 1
    return [homes[row].country for row in place]


def _talk(listener: Listener, plays: Plays) -> Iterator[Row]:
    """A podcast now and then, where the music made room for one."""
    room = np.append(plays.start[1:], plays.end[-1:]) - plays.end > 2 * _TALK_MS
    chosen = np.nonzero(room & (plays.luck > 1 - _TALK))[0]
    for number, row in enumerate(chosen.tolist()):
        end = datetime.fromtimestamp((int(plays.end[row]) + _TALK_MS) // 1000, UTC)
        yield _episode(listener, number, end)


def _episode(listener: Listener, number: int, end: datetime) -> Row:
    life = LIVES[listener.id]
    return {
        "ts": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "platform": life.devices[0].platform,
        "ms_played": _TALK_MS - 60_000,
        "conn_country": home(life, end.date()).country,
        "ip_addr": "203.0.113.7",
        **_NO_MUSIC,
        **_NO_EPISODE,
        "episode_name": f"Episode {number + 1}",
        "episode_show_name": _SHOWS[number % len(_SHOWS)],
        "spotify_episode_uri": f"spotify:episode:{made_up_id('episode', str(number))}",
        "reason_start": "clickrow",
        "reason_end": "endplay",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": int(end.timestamp()) - _TALK_MS // 1000 + 60,
        "incognito_mode": False,
    }
