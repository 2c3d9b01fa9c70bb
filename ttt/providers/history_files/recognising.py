"""What a file is, by its first bytes; its name is asked last, and only where it holds nothing."""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from ttt.providers.history_files.archive import is_never_read
from ttt.providers.history_files.blocks import Column
from ttt.providers.history_files.formats import (
    apple_music,
    jellyfin,
    own_json,
    times,
    youtube_page,
)
from ttt.providers.history_files.formats.bare import with_header
from ttt.providers.history_files.formats.our_tables import COLUMNS
from ttt.providers.history_files.formats.own_table import guessed, is_enough, time_in
from ttt.providers.history_files.formats.scrobbles import lastfm_tables, scrobbler_log
from ttt.providers.history_files.formats.spotify import as_table
from ttt.providers.history_files.packed.tars import packing_of
from ttt.providers.history_files.packed.zips import is_zip
from ttt.providers.history_files.pieces.letters import KEY, head_as_utf8
from ttt.providers.history_files.pieces.spoken import as_json, is_spoken, unscripted
from ttt.providers.history_files.pieces.tables import below_titles, dialect, first_rows
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.registry import Format

_EXTENDED = {b"ts", b"ms_played"}
# The first whose keys are all there; those that need more stand before those that need less.
_KEYS: tuple[tuple[set[bytes], Format], ...] = (
    ({b"listened_at", b"track_metadata"}, Format.LISTENBRAINZ),
    (_EXTENDED | {b"top_track_tracker"}, Format.OURS_LINES),
    (_EXTENDED | {b"played_from"}, Format.STATS_TRACKER),
    (_EXTENDED, Format.SPOTIFY_EXTENDED),
    ({b"endTime", b"msPlayed"}, Format.SPOTIFY_ACCOUNT),
    ({b"listens", b"listened_at", b"aliases"}, Format.KOITO),
    ({b"scrobbles", b"time", b"track", b"title"}, Format.MALOJA),
    ({b"scrobbles", b"track", b"date"}, Format.LASTFM_STATS_JSON),
    ({b"artist", b"#text", b"uts"}, Format.LASTFM_JSON),
    ({b"timeMs", b"track", b"artist"}, Format.PANO_SCROBBLER),
    ({b"played_at", b"track", b"artists"}, Format.SPOTIFY_RECENT),
    ({b"header", b"title", b"time"}, Format.YOUTUBE_MUSIC),
    # Rows out of what they were wrapped in.
    ({b"listened_at", b"aliases"}, Format.KOITO),
    ({b"time", b"track", b"artists", b"title"}, Format.MALOJA),
    ({b"artist", b"name", b"uts"}, Format.LASTFM_JSON),
    ({b"artist", b"track", b"uts"}, Format.LASTFM_JSON),
    ({b"artist", b"#text", b"date"}, Format.LASTFM_JSON),
    ({b"artist", b"track", b"date"}, Format.LASTFM_STATS_JSON),
)
_TABLES = (
    (jellyfin.is_one, Format.JELLYFIN),
    (as_table.EXTENDED.is_one, Format.SPOTIFY_TABLE),
    (as_table.ACCOUNT.is_one, Format.SPOTIFY_ACCOUNT_TABLE),
)
_ARCHIVES = {
    b"7z\xbc\xaf\x27\x1c": WhyNoHistory.SEVEN_ZIP,
    b"Rar!\x1a\x07": WhyNoHistory.RAR,
    b"\x28\xb5\x2f\xfd": WhyNoHistory.ZSTANDARD,
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_DATABASE = b"SQLite format 3\0"
_DOCUMENTS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")
_BY_NAME = (
    (
        re.compile(r"Streaming_History_(Audio|Video)_.*\.json|endsong_\d+\.json|endvideo\.json"),
        Format.SPOTIFY_EXTENDED,
    ),
    (
        re.compile(r"StreamingHistory_?(music|podcast|audiobook)?_?\d*\.json"),
        Format.SPOTIFY_ACCOUNT,
    ),
)
_OF_LISTS = {b"lovedtracks", b"toptracks", b"similartracks"}
_SCROBBLED = re.compile(rb"<recenttracks\b|<date\s+uts=")
_LISTS = re.compile(rb"<(?:loved|top|similar|artist)tracks\b")
_EMPTY_LIST = re.compile(rb"[\s\[\]]*")
_BINARY = re.compile(rb"\x00{2}")


def judged(head: bytes, name: str = "") -> Format | WhyNoHistory:
    """The format of a plain file that begins so, or why it is no history.

    COLUMNS_NEEDED is a table that may be one, if somebody says what its columns mean.
    """
    if is_never_read(name):
        return WhyNoHistory.NEVER_READ
    text = head_as_utf8(head).removeprefix(b"\xef\xbb\xbf").lstrip()
    return _of_pages(text) or _of_another_kind(head) or _written(head, text, name)


def _written(head: bytes, text: bytes, name: str) -> Format | WhyNoHistory:
    text = unscripted(text)
    if text[:1] in {b"[", b"{"}:
        return _json(as_json(text) if is_spoken(text) else text, name)
    if head.startswith(b"PAR1"):
        return Format.OURS_PARQUET
    if text.startswith(scrobbler_log.MARK):
        return Format.SCROBBLER_LOG
    return _table(head)


def _of_pages(text: bytes) -> Format | WhyNoHistory | None:
    """What a page of Last.fm's or Google's is; the days of loved tracks are not those of plays."""
    if text[:1] != b"<":
        return None
    if _LISTS.search(text):
        return WhyNoHistory.LIST_OF_TRACKS
    if _SCROBBLED.search(text):
        return Format.LASTFM_XML
    return Format.YOUTUBE_PAGE if youtube_page.is_one(text) else None


def _of_another_kind(head: bytes) -> WhyNoHistory | None:
    if not head.strip():
        return WhyNoHistory.EMPTY
    if is_zip(head) or packing_of(head):
        return WhyNoHistory.ZIP_INSIDE
    for begins, why in _ARCHIVES.items():
        if head.startswith(begins):
            return why
    if head.startswith(_DATABASE):
        return WhyNoHistory.DATABASE
    if head.startswith(_PICTURES):
        return WhyNoHistory.PICTURE
    return WhyNoHistory.DOCUMENT if head.lstrip().startswith(_DOCUMENTS) else None


def _json(text: bytes, name: str) -> Format | WhyNoHistory:
    keys = set(KEY.findall(text))
    if not keys.isdisjoint(_OF_LISTS):
        return WhyNoHistory.LIST_OF_TRACKS
    for needed, kind in _KEYS:
        if needed <= keys:
            return kind
    keys = {key.lower() for key in keys}
    for needed, kind in _KEYS:
        if {key.lower() for key in needed} <= keys:
            return kind
    if _EMPTY_LIST.fullmatch(text):
        base = name.rpartition("/")[2]
        named = (kind for pattern, kind in _BY_NAME if pattern.fullmatch(base))
        return next(named, WhyNoHistory.EMPTY)
    return Format.OWN_JSON if own_json.is_one(text) else WhyNoHistory.NO_HISTORY


def _table(head: bytes) -> Format | WhyNoHistory:
    if _BINARY.search(head.partition(b"\n")[0]) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return WhyNoHistory.NO_HISTORY
    found = first_rows(head, dialect(head))
    rows = below_titles(found)
    if not rows or any(len(row) < 2 for row in rows[:2]):
        return WhyNoHistory.NO_HISTORY
    header = [title.strip().lower().lstrip("\ufeff") for title in rows[0]]
    named = _by_header(header) or (Format.LASTFM_PLAIN if _is_plain(rows) else None)
    named = named or _by_rows(rows)
    if named is None and all(map(scrobbler_log.is_complete, rows)):
        named = Format.SCROBBLER_LOG
    kind = named or _own(with_header(rows))
    # Below words of any text may stand what looks a little like a table.
    is_sure = isinstance(kind, Format) or len(rows) == len(found)
    return kind if is_sure else WhyNoHistory.NO_HISTORY


def _by_header(header: list[str]) -> Format | None:
    there = set(header)
    if there.issuperset(COLUMNS):
        return Format.OURS_CSV
    if {"artist", "track"} <= there and {"uts", "utc_time"} & there:
        return Format.LASTFM_CSV
    if {"artist", "track"} <= there and any(title.startswith("date#") for title in header):
        return Format.LASTFM_STATS_CSV
    if there >= apple_music.ACTIVITY:
        return Format.APPLE_ACTIVITY
    return Format.APPLE_DAILY if there >= apple_music.DAILY else None


def _by_rows(rows: list[list[str]]) -> Format | None:
    for is_one, kind in _TABLES:
        if is_one(rows):
            return kind
    return None


def _is_plain(rows: list[list[str]]) -> bool:
    """Four cells with a time of Last.fm's in the last, or none in it, but not everywhere."""
    titled = rows[0][3:] == ["date"] or rows[0][:3] == ["artist", "album", "track"]
    body = rows[1:] if titled else rows
    times = [row[3].strip() for row in body if len(row) == 4]
    dated = sum(bool(lastfm_tables.TIME.fullmatch(time)) for time in times)
    return dated > 0 and 2 * dated >= len(body)


def _own(rows: list[list[str]]) -> Format | WhyNoHistory:
    columns = guessed(rows[0])
    told = set(columns.values())
    if is_enough(columns) and _has_times(rows):
        return Format.OWN_TABLE
    if all(map(str.isdecimal, times_in(rows))) and not _has_times(rows):
        told.discard(Column.TIME)  # how often it was played
    is_listed = {Column.TITLE, Column.SPOTIFY_ID} & told and Column.TIME not in told
    if is_listed and not any(map(_is_of_times, zip_longest(*rows[1:], fillvalue=""))):
        return WhyNoHistory.LIST_OF_TRACKS
    even = len({len(row) for row in rows}) == 1 and len(rows) > 1
    return WhyNoHistory.COLUMNS_NEEDED if even or told else WhyNoHistory.NO_HISTORY


def times_in(rows: list[list[str]], columns: Mapping[str, Column] | None = None) -> list[str]:
    """The texts of times under a header, in the columns that are named or seem to be theirs."""
    if not rows:
        return []
    known = columns or guessed(rows[0])
    places = {of: at for at, title in reversed([*enumerate(rows[0])]) if (of := known.get(title))}
    cells = ({of: row[at] for of, at in places.items() if len(row) > at} for row in rows[1:])
    return [text for text in map(time_in, cells) if text]


def _has_times(rows: list[list[str]]) -> bool:
    """Whether one of the times says more than a day, as those of plays do."""
    return any(map(times.is_of_play, times_in(rows)))


def _is_of_times(cells: Sequence[str]) -> bool:
    """Whether a column holds times of plays, whatever its name."""
    return 2 * sum(map(times.is_of_play, cells)) > len(cells)
