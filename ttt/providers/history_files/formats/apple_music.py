"""Apple Music: Play Activity, where no artist stands, and Daily Tracks, where no clock does."""

from collections.abc import Callable
from datetime import UTC, datetime

from ttt.plays import Device, How, Kind, LeftOut, RefusedRow, Sense, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import country, length, milliseconds, moment, name
from ttt.providers.history_files.formats.named import Named, several
from ttt.providers.history_files.formats.own_table import Cells

ACTIVITY = {"event start timestamp", "event end timestamp", "play duration milliseconds"}
DAILY = {"track description", "date played", "play duration milliseconds"}
_TITLES = ("song name", "content name", "title")
_ARTISTS = ("artist name", "container artist name", "song artist name")
_ALBUMS = ("album name", "container album name")
_DEVICES = {
    "IPHONE": Device.PHONE,
    "IPAD": Device.PHONE,
    "IPOD": Device.PHONE,
    "MACINTOSH": Device.DESKTOP,
    "PC": Device.DESKTOP,
    "WINDOWS": Device.DESKTOP,
    "WEB_PLAYER": Device.WEB,
    "APPLE_TV": Device.TV,
    "HOMEPOD": Device.SPEAKER,
}
_ENDED = {
    "NATURAL_END_OF_TRACK": How.ENDED_BY_ITSELF,
    "TRACK_SKIPPED_FORWARDS": How.ENDED_BY_LISTENER,
    "TRACK_SKIPPED_BACKWARDS": How.ENDED_BY_LISTENER,
    "MANUALLY_SELECTED_PLAYBACK_OF_A_DIFF_ITEM": How.ENDED_BY_LISTENER,
    "PLAYBACK_MANUALLY_PAUSED": How.ENDED_BY_LISTENER,
}


class _Row:
    def __init__(self, places: dict[str, int], cells: Cells) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, title: str) -> str:
        place = self._places.get(title, len(self._cells))
        return self._cells[place].strip() if place < len(self._cells) else ""

    def first(self, titles: tuple[str, ...]) -> str | None:
        return next((read for title in titles if (read := name(self[title]))), None)


def _by_row(
    header: Cells, given: Given, told: Callable[[_Row, int, Given], Told]
) -> Callable[[Cells, int], Told]:
    places = {title.strip().lower(): place for place, title in enumerate(header)}
    return lambda cells, number: told(_Row(places, cells), number, given)


def activity_told(header: Cells, given: Given) -> Callable[[Cells, int], Told]:
    """What rows of Play Activity tell of."""
    return _by_row(header, given, _activity)


def daily_told(header: Cells, given: Given) -> Callable[[Cells, int], Told]:
    """What rows of Daily Tracks tell of."""
    return _by_row(header, given, _daily)


def _activity(row: _Row, number: int, given: Given) -> Told:
    if row["event type"] not in {"", "PLAY_END"}:
        return LeftOut(number, Kind.NO_PLAY)
    title = row.first(_TITLES)
    if title is None:
        return LeftOut(number, Kind.NAMELESS)
    start, end = moment(row["event start timestamp"]), moment(row["event end timestamp"])
    ms = milliseconds(row["play duration milliseconds"])
    if ms is None and start is not None and end is not None:
        ms = milliseconds((end - start) * 1000)
    if ms is None:
        return RefusedRow(number, WhyRefused.BAD_LENGTH, title)
    counted_back = end - ms // 1000 if end is not None else None
    return Named(
        title=title,
        artists=several(row.first(_ARTISTS)),
        told_at=counted_back if start is None else start,
        album=row.first(_ALBUMS),
        ms=ms,
        duration_ms=length(row["media duration in milliseconds"]),
        how=_how(row),
        device=_DEVICES.get(row["device type"].upper(), Device.UNKNOWN).value,
        country=country(row["iso country"]),
        timeless=not row["event start timestamp"] and not row["event end timestamp"],
    ).play_of_any(number, given)


def _how(row: _Row) -> int:
    how = _ENDED.get(row["end reason type"], How(0))
    if row["offline"].lower() == "true":
        how |= How.OFFLINE
    if row["shuffle play"].upper() in {"SHUFFLE_ON", "TRUE"}:
        how |= How.SHUFFLE
    if row["media type"].upper() == "VIDEO":
        how |= How.VIDEO
    return how.value


def _daily(row: _Row, number: int, given: Given) -> Told:
    artist, parted, title = (name(row["track description"]) or "").partition(" - ")
    if not parted:
        artist, title = "", artist
    played, skipped = row["play count"], row["skip count"]
    return Named(
        title=title or None,
        artists=several(artist),
        told_at=_hour(row["date played"], row["hours"], given),
        ms=milliseconds(row["play duration milliseconds"]),
        how=int(How.SKIPPED) if played in {"", "0"} and skipped not in {"", "0"} else 0,
        country=country(row["country"]),
        sense=Sense.DAY.value,
        timeless=not row["date played"],
    ).play(number, given)


def _hour(day: str, hours: str, given: Given) -> int | None:
    """The first of the hours of a day, such as 20240330 and "20, 21"."""
    first = hours.partition(",")[0].strip()
    try:
        read = datetime.strptime(day, "%Y%m%d")  # noqa: DTZ007
        read = read.replace(hour=int(first) if first else 12, tzinfo=given.zone or UTC)
        return int(read.timestamp())
    except (ValueError, OverflowError):
        return None
