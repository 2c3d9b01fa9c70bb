"""Last.fm's own pages, as JSON (lastfm.ghan.nl has them so) or XML, and lastfmstats.com."""

from xml.etree import ElementTree as ET  # nosec B405  # looks at elements, parses none

import msgspec

from ttt.plays import RefusedRow, Sense, WhyRefused
from ttt.providers.history_files.blocks import Given, Told
from ttt.providers.history_files.fields import clock, instant, mbid, name
from ttt.providers.history_files.formats.named import Named, several


class Text(msgspec.Struct, gc=False):
    """A name as Last.fm writes it."""

    text: str | None = msgspec.field(default=None, name="#text")
    name: str | None = None


class Date(msgspec.Struct, gc=False):
    """A time as Last.fm writes it."""

    uts: str | int | float | None = None
    text: str | None = msgspec.field(default=None, name="#text")


class PageRow(msgspec.Struct, gc=False):
    """What is read of a row of a page, or of a row by itself; one that plays now has no date."""

    artist: Text | str | None = None
    album: Text | str | None = None
    name: str | None = None
    track: str | None = None
    mbid: str | None = None
    date: Date | str | None = None
    uts: str | int | float | None = None

    @property
    def stamp(self) -> Date | str | int | float | None:
        """Its time, wherever it stands."""
        return self.uts if self.date is None else self.date

    @property
    def dated(self) -> Date:
        """Its time as Last.fm writes it, which may have lost what it stood in."""
        date = Date(uts=self.uts) if self.date is None else self.date
        return date if isinstance(date, Date) else Date(uts=self.uts or date, text=date)


def page_row(track: ET.Element) -> PageRow:
    """A row of a page in XML."""
    date = track.find("date")
    return PageRow(
        artist=_text(track.find("artist")),
        album=_text(track.find("album")),
        name=track.findtext("name"),
        mbid=track.findtext("mbid"),
        date=None if date is None else Date(uts=date.get("uts"), text=date.text),
    )


def _text(element: ET.Element | None) -> Text | None:
    if element is None:
        return None
    return Text(text=(element.text or "").strip() or None, name=element.findtext("name"))


def page_told(row: PageRow | None, number: int, given: Given) -> Told:
    """What a row of a page tells of."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    date = row.dated
    stamp = instant(date.uts)
    in_words = clock(date.text or "")
    return Named(
        title=name(row.name) or name(row.track),
        artists=several(_name(row.artist)),
        told_at=in_words if stamp is None else stamp,
        album=_name(row.album),
        mbid=mbid(row.mbid),
        sense=Sense.START_MINUTE.value if stamp is None else 0,
        timeless=date.uts is None and not date.text,
    ).play(number, given)


def _name(value: Text | str | None) -> str | None:
    return name(value.text or value.name) if isinstance(value, Text) else name(value)


class StatsRow(msgspec.Struct, gc=False):
    """What is read of a row of lastfmstats.com; its date is in ms."""

    track: str | None = None
    artist: str | None = None
    album: str | None = None
    date: int | float | str | None = None


def stats_told(row: StatsRow | None, number: int, given: Given) -> Told:
    """What a row of lastfmstats.com tells of."""
    if row is None:
        return RefusedRow(number, WhyRefused.NO_ROW)
    return Named(
        title=name(row.track),
        artists=several(name(row.artist)),
        told_at=instant(row.date),
        album=name(row.album),
        timeless=row.date is None,
    ).play(number, given)
