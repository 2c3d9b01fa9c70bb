"""Tables of one's own, and whatever other tables differ from them in their headers only."""

import re
from collections.abc import Callable, Mapping, Sequence

from ttt.plays import RefusedRow, Sense, WhyRefused
from ttt.providers.history_files.blocks import Column, Given, Told
from ttt.providers.history_files.fields import (
    clock,
    isrc,
    length,
    mbid,
    milliseconds,
    moment,
    name,
    number,
    seconds,
    spotify_id,
)
from ttt.providers.history_files.formats.named import Named, several

Cells = list[str]

_WORDS = {
    Column.TIME: (
        "time date timestamp uts ts playedat playedon listenedat scrobbledat scrobbletime utctime "
        "datetime dateplayed timeplayed endtime starttime when playtime listentime"
    ),
    Column.TITLE: "title track trackname tracktitle song songname songtitle name "
    "mastermetadatatrackname",
    Column.ARTIST: "artist artists artistname artistnames trackartist albumartist performer "
    "mastermetadataalbumartistname",
    Column.ALBUM: "album albumname albumtitle release releasename mastermetadataalbumalbumname",
    Column.MS_PLAYED: "msplayed playedms playdurationms listenedms",
    Column.SECONDS_PLAYED: "secondsplayed playedseconds listenedseconds",
    Column.LENGTH_MS: "durationms lengthms trackdurationms",
    Column.LENGTH_SECONDS: "duration length durations seconds durationseconds lengthseconds",
    Column.SPOTIFY_ID: "spotifytrackuri spotifyuri trackuri uri spotifyid spotifytrackid trackid "
    "url trackurl",
    Column.ISRC: "isrc",
    Column.MBID: "mbid trackmbid recordingmbid",
}
_COLUMN_OF = {word: column for column, words in _WORDS.items() for word in words.split()}
_NO_LETTER = re.compile(r"[\W_]+")
_PATTERNS = {
    " ": ("%d %b %Y %H:%M", "%d %b %Y, %H:%M", "%d %B %Y %H:%M", "%d %b %Y %H:%M:%S"),
    ".": ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y, %H:%M:%S"),
    "/": ("%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S"),
}
"""By what stands behind the first number; 03/04/2024 is nobody's date for certain."""
_MONTH_FIRST = (
    *("%b %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p", "%b %d, %Y %I:%M:%S %p"),
    *("%b %d, %Y, %I:%M:%S %p", "%b %d, %Y %H:%M", "%b %d, %Y %H:%M:%S", "%b %d %Y %H:%M:%S"),
)
_FIRST = re.compile(r"\d{1,4}([ ./])")
_AS_IN_MAIL = re.compile(
    r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|UTC|[+-]\d{4})"
)
_MAIL = "%a, %d %b %Y %H:%M:%S %z"
_OFFSET = re.compile(r"(Z|[+-]\d\d:?\d\d|UTC|GMT)$")


def guessed(header: Sequence[str]) -> dict[str, Column]:
    """Which column means what, by its name; the first of two that say the same."""
    columns: dict[str, Column] = {}
    for title in header:
        words = _NO_LETTER.sub("", title.partition("(")[0].lower()) or _NO_LETTER.sub("", title)
        column = _COLUMN_OF.get(_NO_LETTER.sub("", title.lower())) or _COLUMN_OF.get(words)
        if column and column not in columns.values():
            columns.setdefault(title, column)
    return columns


def is_enough(columns: Mapping[str, Column]) -> bool:
    """Whether these columns are enough for plays."""
    there = set(columns.values())
    named = {Column.TITLE, Column.ARTIST} <= there
    return Column.TIME in there and (named or Column.SPOTIFY_ID in there)


def lacks_zone(text: str) -> bool:
    """Whether a time that can be read does not say of which zone it is."""
    return number(text) is None and when(text)[0] is not None and not _OFFSET.search(text.strip())


def when(text: str, given: Given | None = None) -> tuple[int | None, int]:
    """Seconds since 1970 of a time in any common form, and its Sense where that is special."""
    zone = given.zone if given else None
    text = text.strip()
    if (stamp := seconds(text)) is not None:
        return stamp, 0
    if (stamp := moment(text, zone)) is not None:
        return stamp, Sense.DAY if len(text) <= 10 else _cut(text)
    if _AS_IN_MAIL.fullmatch(text):
        return clock(text.replace("GMT", "+0000").replace("UTC", "+0000"), _MAIL), 0
    first = _FIRST.match(text)
    for pattern in _PATTERNS[first[1]] if first else _MONTH_FIRST:
        if (stamp := clock(text, pattern, zone)) is not None:
            return stamp, 0 if "%S" in pattern else Sense.START_MINUTE
    return None, 0


def _cut(text: str) -> int:
    return Sense.START_MINUTE if _OFFSET.sub("", text).count(":") == 1 else 0


def told_by(
    header: Cells, columns: Mapping[str, Column], given: Given
) -> Callable[[Cells, int], Told]:
    """What rows under this header tell of, when its columns mean that."""
    places: dict[Column, int] = {}
    for place, title in enumerate(header):
        if title in columns:
            places.setdefault(columns[title], place)

    def told(cells: Cells, row: int) -> Told:
        def cell(column: Column) -> str:
            place = places.get(column)
            return cells[place] if place is not None and place < len(cells) else ""

        if len(cells) > len(header) and any(cells[len(header) :]):
            return RefusedRow(row, WhyRefused.NO_ROW)
        return _named(cell, given).play(row, given)

    return told


def _named(cell: Callable[[Column], str], given: Given) -> Named:
    told_at, sense = when(cell(Column.TIME), given)
    ms = milliseconds(cell(Column.MS_PLAYED))
    return Named(
        title=name(cell(Column.TITLE)),
        artists=several(name(cell(Column.ARTIST))),
        told_at=told_at,
        album=name(cell(Column.ALBUM)),
        ms=milliseconds(cell(Column.SECONDS_PLAYED), 1000) if ms is None else ms,
        duration_ms=length(cell(Column.LENGTH_MS)) or length(cell(Column.LENGTH_SECONDS), 1000),
        spotify_id=spotify_id(cell(Column.SPOTIFY_ID)),
        isrc=isrc(cell(Column.ISRC)),
        mbid=mbid(cell(Column.MBID)),
        sense=int(sense),
        timeless=not cell(Column.TIME).strip(),
    )


def headed(header: Cells, given: Given) -> Callable[[Cells, int], Told]:
    """What rows tell of, by the columns that a person named, else by a guess."""
    return told_by(header, given.columns or guessed(header), given)
