"""Last.fm as tables: of lastfm.ghan.nl, lastfmstats.com, and benjaminbenben.com without header."""

import re
from collections.abc import Callable
from dataclasses import replace

from ttt.plays import RefusedRow, Sense, WhyRefused
from ttt.providers.history_files.blocks import Column, Given, Told
from ttt.providers.history_files.fields import clock, name
from ttt.providers.history_files.formats.named import Named, several
from ttt.providers.history_files.formats.own_table import Cells, told_by

TIME = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d")
"""As Last.fm writes times: UTC, without seconds."""
_GHAN = {
    "uts": Column.TIME,
    "artist": Column.ARTIST,
    "album": Column.ALBUM,
    "track": Column.TITLE,
    "track_mbid": Column.MBID,
}
_IN_WORDS = "utc_time"
_NO_TIME = {WhyRefused.NO_TIME, WhyRefused.BAD_TIME, WhyRefused.TOO_EARLY, WhyRefused.FUTURE}
_STATS = {"artist": Column.ARTIST, "album": Column.ALBUM, "track": Column.TITLE}


def ghan_told(header: Cells, given: Given) -> Callable[[Cells, int], Told]:
    """What rows of lastfm.ghan.nl tell of; where the number is no time, the words may be one."""
    columns = {title: _GHAN[title.lower()] for title in header if title.lower() in _GHAN}
    in_words: dict[str, Column] = {
        title: of for title, of in columns.items() if of is not Column.TIME
    }
    in_words |= {title: Column.TIME for title in header if title.lower() == _IN_WORDS}
    given = replace(given, zone=None)
    told, told_in_words = (told_by(header, of, given) for of in (columns, in_words))

    def of_row(cells: Cells, row: int) -> Told:
        found = told(cells, row)
        if not isinstance(found, RefusedRow) or found.reason not in _NO_TIME:
            return found
        again = told_in_words(cells, row)
        return found if isinstance(again, RefusedRow) else again

    return of_row


def stats_told(header: Cells, given: Given) -> Callable[[Cells, int], Told]:
    """What rows of lastfmstats.com tell of; the header of its time names the user."""
    columns = {title: _STATS[title.lower()] for title in header if title.lower() in _STATS}
    columns |= {title: Column.TIME for title in header if title.lower().startswith("date#")}
    return told_by(header, columns, given)


def is_timed(cells: Cells) -> bool:
    """Whether a row without header ends with a time."""
    return bool(TIME.fullmatch(cells[-1].strip()))


def plain_told(cells: Cells, number: int, given: Given) -> Told:
    """What a row of benjaminbenben.com tells of: artist, album, track and time."""
    if len(cells) != 4:
        return RefusedRow(number, WhyRefused.NO_ROW)
    artist, album, title, time = cells
    return Named(
        title=name(title),
        artists=several(name(artist)),
        told_at=clock(time),
        album=name(album),
        sense=Sense.START_MINUTE.value,
        timeless=not time.strip(),
    ).play(number, given)
