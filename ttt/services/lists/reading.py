"""What the rows of a table say: which tracks they mean, what they call them, and their values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ttt.errors import InvalidInput
from ttt.found import Finding, FoundArtist, FoundTrack
from ttt.providers import features_file, identity
from ttt.providers.columns import Columns, name_nothing
from ttt.providers.history_files.formats.written import lengths
from ttt.services.matching.matching import Named
from ttt.services.tables import artists, spreadsheet, times
from ttt.services.tables.artists import Naming
from ttt.services.tables.receipt import Line, Refusal
from ttt.services.tables.spreadsheet import Cells, Sheet
from ttt.services.tracks import links

_LONGEST_NAME = 300
_LONGEST_TEXT = 200
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
# What stands below a table: "Total", "50 tracks" or 50.
_SUM = re.compile(
    r"\d[\d.,]*(?: (?:tracks?|songs?|items?|titel|lieder|titres?|morceaux|canciones|brani"
    r"|m[uú]sicas))? - (?:(?:grand )?totals?|sum|count|summe|gesamt|somme|suma|totale)[ :]*",
    re.IGNORECASE,
)
_COUNTS = "This row counts the others: it is no track."
_NOTHING = "This row has no link, no ISRC, and no artist and title."


@dataclass(slots=True)
class Reading:
    """Every row that is not blank stands in `lines`, in `named` or in `refused`.

    `said` is what rows call their tracks and say of them, `findings` their values; `unusable` is
    what they hold that cannot be meant, by field. All by row.
    """

    lines: list[Line] = field(default_factory=list)
    named: dict[int, tuple[str, Named]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    said: dict[int, FoundTrack] = field(default_factory=dict)
    findings: dict[int, Finding] = field(default_factory=dict)
    unusable: dict[int, dict[str, str]] = field(default_factory=dict)


def read(sheet: Sheet, chosen: Mapping[str, str] | None = None) -> Reading:
    """Read a table; `chosen` are its columns by field, where a person named them."""
    columns = Columns([cells for _, cells in sheet.rows], chosen)
    naming = artists.naming([cells for _, cells in sheet.rows], columns)
    told = [_Length(column, sheet) for column in columns.named("duration_ms")]
    reading = Reading(refused=[Refusal(row, text, why) for row, text, why in sheet.broken])
    for number, cells in sheet.rows:
        said = _said(cells, columns, naming, told)
        linked = _linked(columns.said(cells, "spotify_id"), cells if chosen is None else {})
        isrc = next(filter(None, map(identity.isrc, columns.said(cells, "isrc"))), None)
        _place(reading, number, cells, linked, said, isrc)
        reading.said[number] = said
        reading.findings[number] = features_file.finding(cells, columns)
        if lost := _unusable(cells, columns, said, reading.findings[number]):
            reading.unusable[number] = lost
    return reading


def _place(
    reading: Reading,
    number: int,
    cells: Cells,
    linked: tuple[str | None, str],
    said: FoundTrack,
    isrc: str | None,
) -> None:
    """Put a row where it belongs: by its link, its names or its ISRC, else among the refused."""
    spotify_id, why = linked
    names = ", ".join(artist.name for artist in said.artists)
    text = " - ".join(filter(None, [names, said.title]))
    if spotify_id is not None:
        reading.lines.append(Line(number, text or _first(cells), spotify_id))
    elif _SUM.fullmatch(text):
        reading.refused.append(Refusal(number, _first(cells), _COUNTS))
    elif said.title and said.artists:
        reading.named[number] = text, Named(said.title, said.artists[0].name)
    elif isrc:
        reading.named[number] = text or isrc, Named("", "", isrc)
    else:
        reading.refused.append(Refusal(number, _first(cells), why or _NOTHING))


def _linked(texts: Sequence[str], cells: Cells) -> tuple[str | None, str]:
    """The first track that a link names, else the only one that a row's cells have a link to.

    Where there is none, why the last text names none.
    """
    why = ""
    for text in texts:
        try:
            return links.parse(text), ""
        except InvalidInput as error:
            why = error.reason
    anywhere = {links.link_in(cell) for cell in cells.values() if "spotify" in cell} - {None}
    return (anywhere.pop(), "") if len(anywhere) == 1 else (None, why)


def _first(cells: Cells) -> str:
    return " ".join(cell for cell in cells.values() if cell.strip())[:_LONGEST_TEXT]


class _Length:
    """A column of lengths, in which a spreadsheet may have taken minutes for hours."""

    def __init__(self, column: str, sheet: Sheet) -> None:
        self._column = column
        self._turned = lengths.are_turned([cells[column] for _, cells in sheet.rows])

    def said(self, cells: Cells) -> tuple[str, str]:
        """The column and what a row has there."""
        text = cells[self._column]
        return self._column, lengths.turned_back(text) if self._turned else text


def _said(cells: Cells, columns: Columns, naming: Naming, told: Sequence[_Length]) -> FoundTrack:
    names = naming(cells)
    title = _text(cells, columns, "title")
    if not title and (local := links.local_file(columns.said(cells, "spotify_id"))):
        title, names = local[1], [local[0]]
    if name_nothing(title, *names):
        title, names = "", []
    album = _name(_text(cells, columns, "album"))
    album = "" if name_nothing(album) else album
    # "Release" is an album to some, and its date to others.
    released = [album] if _DATE.fullmatch(album) else columns.said(cells, "release_date")
    return FoundTrack(
        "",
        _name(title),
        tuple(FoundArtist(name) for name in map(_name, names) if name),
        album=album if album and not _DATE.fullmatch(album) else None,
        release_date=times.date_said(released),
        duration_ms=lengths.said(one.said(cells) for one in told),
    )


def _unusable(cells: Cells, columns: Columns, said: FoundTrack, found: Finding) -> dict[str, str]:
    """What a row holds that cannot be meant, by field."""
    lost = features_file.unusable(cells, columns, found)
    for name in ("release_date", "duration_ms"):
        if not getattr(said, name) and (text := features_file.meant(columns.said(cells, name))):
            lost[name] = text
    return lost


def _text(cells: Cells, columns: Columns, name: str) -> str:
    texts = (spreadsheet.undefused(cells[column]) for column in columns.named(name))
    return next((text for text in texts if text.strip()), "")


def _name(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_NAME]
