"""Tables of one's own, and whatever other tables differ from them in their headers only."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ttt.plays import RefusedRow, Sense, WhyRefused
from ttt.providers.columns import field_named
from ttt.providers.history_files.blocks import Column, Given, Told
from ttt.providers.history_files.fields import isrc, length, mbid, milliseconds, name, spotify_id
from ttt.providers.history_files.formats import times
from ttt.providers.history_files.formats.named import Named, no_music, several
from ttt.text import without_accents

Cells = list[str]

_DATES = (
    "date datum data fecha jour dia giorno tag dag дата 日付 日期 날짜 tarih dato paivamaara "
    "paivays ημερομηνια التاريخ תאריך den kuupaev datums"
)
_CLOCKS = (
    "time zeit uhrzeit hora heure ora orario tijd uhr timeofday время 時刻 时间 時間 시간 saat "
    "started godzina czas cas vrijeme tid klockslag tidspunkt kello aika ido idopont час ωρα "
    "الوقت שעה"
)
_WORDS = {
    Column.TIME: (
        "timestamp uts ts playedat playedon listenedat scrobbledat scrobbletime utctime "
        "entrydate playeddate startedat starttimestamp streamedat "
        "datetime dateplayed timeplayed timems endtime starttime when playtime listentime "
        "zeitpunkt zeitstempel gespieltam gehortam abgespieltam horodatage dateetheure ecoutele "
        f"fechayhora fechahora escuchadoel dataora datahora dataehora tijdstip "
        f"датаивремя 日時 再生日時 播放时间 {_DATES} {_CLOCKS}"
    ),
    Column.TITLE: "title track trackname tracktitle song songname songtitle name "
    "titredelachanson titulodelacancion titolodelbrano "
    "mastermetadatatrackname titel lied stuck titre morceau chanson titulo cancion tema faixa "
    "musica titolo brano canzone nummer naam название трек песня 曲名 曲 タイトル 歌名 歌曲 "
    "标题 제목 노래",
    Column.ARTIST: "artist artists artistname artistnames trackartist albumartist performer "
    "grandparenttitle "
    "mastermetadataalbumartistname interpret kunstler kunstlerin artiste interprete artista "
    "cantante artiest исполнитель артист アーティスト アーティスト名 歌手 "
    "艺术家 艺人 아티스트 가수",
    Column.ALBUM: "album albumname albumtitle release releasename mastermetadataalbumalbumname "
    "parenttitle "
    "albumtitel titredelalbum disco disque альбом アルバム アルバム名 专辑 앨범",
    Column.MS_PLAYED: "msplayed playedms playdurationms streamdurationms listenedms "
    "mslistened millisecondsplayed",
    Column.SECONDS_PLAYED: "secondsplayed playedseconds listenedseconds listeningtime dureedecoute "
    "playduration consumptiondurationinseconds",
    Column.LENGTH_MS: "durationms lengthms trackdurationms",
    Column.LENGTH_SECONDS: "duration length durations seconds durationseconds lengthseconds "
    "dauer lange spieldauer duree duracion durata duracao duur",
    Column.SPOTIFY_ID: "spotifytrackuri spotifyuri trackuri uri spotifyid spotifytrackid trackid "
    "url trackurl",
    Column.ISRC: "isrc",
    Column.MBID: "mbid trackmbid recordingmbid",
    Column.MEDIA: "mediatype itemtype",
}
_AS_IN_LISTS = {"title": Column.TITLE, "artist": Column.ARTIST, "album": Column.ALBUM}
# Spotify's own names for the end of a play, which it tells in UTC.
_ENDS, _SPOTIFYS = ("endtime",), ("endtime", "ts")
_END_OF = {0: Sense.END, Sense.START_MINUTE: Sense.MINUTE}
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
    """Which column means what, by its name; the first of two that say the same.

    Where one is named for a date and another for a clock, they say the time together.
    """
    columns: dict[str, Column] = {}
    dated = _plain(header, _DATES)
    clocked = _plain(header, _CLOCKS)
    if dated is not None and clocked is not None:
        columns = {dated: Column.TIME, clocked: Column.CLOCK}
    for title in header:
        column = _meaning(title) or _meaning(title.partition("(")[0])
        if column and column not in columns.values():
            columns.setdefault(title, column)
    if Column.TIME not in columns.values():
        free = (title for title in header if title not in columns)
        said = next((title for title in free if _OF_PLAYS.fullmatch(_word(title))), None)
        columns |= {said: Column.TIME} if said else {}
    return columns


def _meaning(title: str) -> Column | None:
    return _COLUMN_OF.get(_word(title)) or _AS_IN_LISTS.get(field_named(title) or "")


def _plain(header: Sequence[str], words: str) -> str | None:
    return next((title for title in header if _word(title) in map(_word, words.split())), None)


def _word(title: str) -> str:
    """A title in small letters without accents, blanks, signs and its zone."""
    return _NO_LETTER.sub("", without_accents(_IN_UTC.sub("", title).lower()))


_COLUMN_OF = {_word(word): of for of, words in _WORDS.items() for word in words.split()}


def is_enough(columns: Mapping[str, Column]) -> bool:
    """Whether these columns are enough for plays."""
    there = set(columns.values())
    named = {Column.TITLE, Column.ARTIST} <= there
    return Column.TIME in there and (named or Column.SPOTIFY_ID in there)


def is_in_utc(columns: Mapping[str, Column]) -> bool:
    """Whether the head of the times says so, or is Spotify's own."""
    timed = [title for title, of in columns.items() if of in {Column.TIME, Column.CLOCK}]
    return any(map(_IN_UTC.search, timed)) or _is_spotifys(columns)


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

    def told(cells: Cells, row: int) -> Told:
        def cell(column: Column) -> str:
            place = places.get(column)
            return cells[place] if place is not None and place < len(cells) else ""

        if len(cells) > len(header) and any(cells[len(header) :]):
            return RefusedRow(row, WhyRefused.NO_ROW)
        other = no_music(cell(Column.MEDIA), row)
        return other or _named(cell, given, ends=ends).play(row, given)

    return told


def _named(cell: Callable[[Column], str], given: Given, *, ends: bool) -> Named:
    time = time_in({of: cell(of) for of in (Column.TIME, Column.CLOCK)})
    told_at, sense = times.when(time, given.zone, given.order)
    title, artists = name(cell(Column.TITLE)), several(name(cell(Column.ARTIST)))
    linked = spotify_id(cell(Column.SPOTIFY_ID))
    if told_at is None:
        # No play: what else the row says is not worth its reading.
        return Named(title, artists, None, spotify_id=linked, timeless=not time)
    sense = _END_OF.get(sense, sense) if ends else sense
    ms = milliseconds(decimal(cell(Column.MS_PLAYED)))
    return Named(
        title=title,
        artists=artists,
        told_at=told_at,
        album=name(cell(Column.ALBUM)),
        ms=milliseconds(_seconds(cell(Column.SECONDS_PLAYED)), 1000) if ms is None else ms,
        duration_ms=length(decimal(cell(Column.LENGTH_MS)))
        or length(_seconds(cell(Column.LENGTH_SECONDS)), 1000),
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


def _seconds(text: str) -> str | float:
    """Seconds, also of 3:35 and 1:02:03."""
    found = _MINUTES.fullmatch(text.strip())
    if found is None:
        return text.strip().replace(",", ".")
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3].replace(",", "."))


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
