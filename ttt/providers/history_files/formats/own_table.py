"""Tables of one's own, and whatever other tables differ from them in their headers only."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ttt.plays import RefusedRow, Sense, WhyRefused
from ttt.providers.columns import field_named
from ttt.providers.history_files.blocks import Column, Given, Told
from ttt.providers.history_files.fields import (
    isrc,
    length,
    mbid,
    milliseconds,
    name,
    number,
    spotify_id,
)
from ttt.providers.history_files.formats import times
from ttt.providers.history_files.formats.column_words import CLOCKS, DATES, WORDS
from ttt.providers.history_files.formats.named import Named, no_music, several
from ttt.providers.history_files.formats.written import lengths
from ttt.text import without_accents

Cells = list[str]

_AS_IN_LISTS: Mapping[str | None, Column] = {
    "title": Column.TITLE,
    "artist": Column.ARTIST,
    "album": Column.ALBUM,
}
# Spotify's own names for the end of a play, which it tells in UTC.
_ENDS, _SPOTIFYS = ("endtime",), ("endtime", "ts")
END_OF = {0: Sense.END, Sense.START_MINUTE: Sense.MINUTE}
# "Date scrobbled", "Listened", "Time of play": whatever is said of playing, and no "last played".
_OF_PLAYS = re.compile(
    r"(?:when|day|date|time|datetime|timestamp){0,2}(?:of|i|was)?"
    r"(?:play(?:ed|back)?|listen(?:ed|ing)?|scrobbled?|stream(?:ed)?|heard|submi(?:tted|ssion))"
    r"(?:at|on|in|day|date|time|datetime|timestamp|start|started){0,3}"
)
_DIGIT = re.compile(r"\d")
# So many names of columns are no play.
_MANY = 3
_IN_UTC = re.compile(r"(?:UTC|GMT|(?<![a-z])(?:utc|gmt)(?![a-z]))(?!\s?[+-]\s?\d)")
_NO_LETTER = re.compile(r"[\W_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s'’](?=\d{3})")
_MINUTES = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d(?:[.,]\d+)?)")


def guessed(header: Sequence[str]) -> dict[str, Column]:
    """Which column means what, by its name; of two that say the same the likelier, else the first.

    Where one is named for a date and another for a clock, they say the time together.
    """
    columns: dict[str, Column] = {}
    dated = _plain(header, DATES)
    clocked = _plain(header, CLOCKS)
    if dated is not None and clocked is not None:
        columns = {dated: Column.TIME, clocked: Column.CLOCK}
    for title in sorted(header, key=_rank):
        column = _meaning(title)
        if column and column not in columns.values():
            columns.setdefault(title, column)
    if Column.TIME not in columns.values():
        free = (title for title in header if title not in columns)
        said = next((title for title in free if _OF_PLAYS.fullmatch(_word(title))), None)
        columns |= {said: Column.TIME} if said else {}
    return columns


def _meaning(title: str) -> Column | None:
    if title.strip().endswith("#"):
        return None  # its number on the album
    found = next((_COLUMN_OF[word] for word in _words_of(title) if word in _COLUMN_OF), None)
    fields = map(field_named, (title, title.partition("(")[0]))
    return found or next((_AS_IN_LISTS[field] for field in fields if field in _AS_IN_LISTS), None)


def _rank(title: str) -> int:
    """How far behind the likeliest names of what it means a title stands."""
    return next((_RANKS[word] for word in _words_of(title) if word in _RANKS), len(_RANKS))


def _words_of(title: str) -> tuple[str, str]:
    """A title as it is compared, and the same without what stands in brackets."""
    return _word(title), _word(title.partition("(")[0])


def _plain(header: Sequence[str], words: str) -> str | None:
    return next((title for title in header if _word(title) in map(_word, words.split())), None)


def _word(title: str) -> str:
    """A title in small letters without accents, blanks, signs and its zone."""
    return _NO_LETTER.sub("", without_accents(_IN_UTC.sub("", title).lower()))


_COLUMN_OF = {_word(word): of for of, words in WORDS.items() for word in words.split()}
_RANKS = {word: rank for rank, word in enumerate(_COLUMN_OF)}


def is_enough(columns: Mapping[str, Column]) -> bool:
    """Whether these columns are enough for plays."""
    there = set(columns.values())
    named = {Column.TITLE, Column.ARTIST} <= there
    return Column.TIME in there and (named or Column.SPOTIFY_ID in there)


def is_in_utc(columns: Mapping[str, Column]) -> bool:
    """Whether the head of the times says so, or is Spotify's own."""
    timed = [title for title, of in columns.items() if of in {Column.TIME, Column.CLOCK}]
    return any(map(_IN_UTC.search, timed)) or _is_spotifys(columns)


def is_end(title: str) -> bool:
    """Whether a title is that of the end of a play."""
    return _word(title) in _ENDS


def _is_spotifys(columns: Mapping[str, Column]) -> bool:
    return Column.MS_PLAYED in columns.values() and _is_named(columns, _SPOTIFYS)


def _is_named(columns: Mapping[str, Column], words: Sequence[str]) -> bool:
    return any(of is Column.TIME and _word(title) in words for title, of in columns.items())


def time_in(cells: Mapping[Column, str]) -> str:
    """The text of a time: of the date and the clock together, where they stand apart."""
    date, clock = cells.get(Column.TIME, ""), cells.get(Column.CLOCK, "").strip()
    if clock.isdecimal() and times.is_of_play(clock) and not times.is_of_play(date):
        return clock  # seconds since 1970 say the date too
    return times.together(date, clock)


def told_by(
    header: Cells, columns: Mapping[str, Column], given: Given
) -> Callable[[Cells, int], Told]:
    """What rows under this header tell of, when its columns mean that."""
    places: dict[Column, int] = {}
    for place, title in enumerate(header):
        if title in columns:
            places.setdefault(columns[title], place)
    given = replace(given, zone=None) if is_in_utc(columns) else given
    ends = _is_named(columns, _ENDS) or _is_spotifys(columns)
    length_in = next((title for title, of in columns.items() if of is Column.LENGTH_SECONDS), "")

    def told(cells: Cells, row: int) -> Told:
        def cell(column: Column) -> str:
            place = places.get(column)
            return cells[place] if place is not None and place < len(cells) else ""

        if len(cells) > len(header) and any(cells[len(header) :]):
            return RefusedRow(row, WhyRefused.NO_ROW)
        other = no_music(cell(Column.MEDIA), row)
        return other or _named(cell, given, length_in, ends=ends).play(row, given)

    return told


def _named(cell: Callable[[Column], str], given: Given, length_in: str, *, ends: bool) -> Named:
    time = time_in({of: cell(of) for of in (Column.TIME, Column.CLOCK)})
    told_at, sense = times.when(time, given.zone, given.order)
    title, artists = name(cell(Column.TITLE)), several(name(cell(Column.ARTIST)))
    linked = spotify_id(cell(Column.SPOTIFY_ID))
    if told_at is None:
        # No play: what else the row says is not worth its reading.
        return Named(title, artists, None, spotify_id=linked, timeless=not time)
    sense = END_OF.get(sense, sense) if ends else sense
    ms = _ms_played(cell(Column.MS_PLAYED))
    ms = played(cell(Column.SECONDS_PLAYED)) if ms is None else ms
    return Named(
        title=title,
        artists=artists,
        told_at=told_at,
        album=name(cell(Column.ALBUM)),
        ms=ms,
        duration_ms=length(decimal(cell(Column.LENGTH_MS)))
        or length(_clocked(cell(Column.LENGTH_SECONDS)))
        or length(lengths.in_ms(length_in, cell(Column.LENGTH_SECONDS))),
        spotify_id=linked,
        isrc=isrc(cell(Column.ISRC)),
        mbid=mbid(cell(Column.MBID)),
        sense=int(sense),
    )


def decimal(text: str) -> str:
    """A number with a point where it has a comma, and without signs between thousands."""
    text = _BETWEEN_THOUSANDS.sub("", text.strip())
    if _THOUSANDS.fullmatch(text):
        return re.sub(r"[.,]", "", text)
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _ms_played(text: str) -> int | None:
    """Milliseconds, unless a text says another unit itself: 200,000, 200 s or 3:20."""
    ms = milliseconds(decimal(text))
    return milliseconds(lengths.in_ms("ms", text.strip())) if ms is None and text else ms


def played(text: str) -> int | None:
    """Milliseconds of seconds or of a clock; so many that no play is as long are no seconds."""
    if (clocked := _clocked(text)) is not None:
        return clocked
    read = number(text.strip().replace(",", "."))
    if read is None and text:
        return milliseconds(lengths.in_ms("s", text.strip()))
    return milliseconds(read, 1 if read and read > lengths.LONGEST else 1000)


def _clocked(text: str) -> int | None:
    """Milliseconds of 3:35,5 and 1:02:03."""
    found = _MINUTES.fullmatch(text.strip())
    if found is None:
        return None
    seconds = float(found[3].replace(",", "."))
    return milliseconds(int(found[1] or 0) * 3600 + int(found[2]) * 60 + seconds, 1000)


def headed(header: Cells, given: Given) -> Callable[[Cells, int], Told]:
    """What rows tell of, by the columns that a person named, else by a guess."""
    known = {title: given.columns[title] for title in header if title in given.columns}
    return told_by(header, known or guessed(header), given)


def is_header(cells: Cells) -> bool:
    """Whether a row can be nothing but names of columns: it has no time, and no number at all."""
    if any(map(_DIGIT.search, cells)):
        return False
    filled = [cell for cell in cells if cell.strip()]
    columns = guessed(filled)
    return is_enough(columns) and (len(columns) == len(filled) or len(columns) > _MANY)
