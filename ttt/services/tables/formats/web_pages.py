"""Lists in HTML: pages that a browser saved."""

import html
import re
from collections.abc import Iterator

from ttt.errors import InvalidInput
from ttt.providers import columns
from ttt.services.tables.formats import plain_lines
from ttt.services.tables.spreadsheet import Cells
from ttt.services.tracks import links
from ttt.text import one_line

_PIECES = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^<>]*)>?|[^<]+|<")
_TARGET = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s]{1,500})", re.IGNORECASE)
# What begins a line of its own, and the lists whose lines belong together.
_BLOCKS = frozenset({"li", "p", "div", "br", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "body"})
_LISTS = frozenset({"ul", "ol"})
_UNSEEN = frozenset({"script", "style", "title", "nav"})
_MOSTLY = 0.8
_NO_PAGE = "This is a web page without a link to a track: save or export the list itself."


def read(text: str) -> Iterator[Cells]:
    """The tracks of a page: rows of a table that names them, else what it links, each once."""
    page = _Page()
    for found in _PIECES.finditer(text):
        page.take(found)
    header = next((at for at, row in enumerate(page.rows) if _names_tracks(row)), None)
    if header is not None:
        names = [name.casefold() for name in page.rows[header]]
        for row, link in zip(page.rows[header + 1 :], page.links[header + 1 :], strict=True):
            if any(row):
                yield {"link": link} | dict(zip(names, row, strict=False))
    elif page.linked:
        yield from ({"link": spotify_id} for spotify_id in page.linked)
    elif lines := page.lines():
        yield from (row for _, row in plain_lines.of_lines(enumerate(lines)))
    else:
        raise InvalidInput(_NO_PAGE)


def _names_tracks(row: list[str]) -> bool:
    return {"title", "artist"} <= set(map(columns.field_named, row))


def _are_tracks(lines: list[str]) -> bool:
    named = sum(map(bool, plain_lines.names_of(lines)))
    return named > 1 and named >= _MOSTLY * len(lines)


class _Page:
    """The rows of a page's tables, the track that each links, and all tracks that the page links.

    Nothing of a page is run or fetched. Python's own parser needs minutes for 60 kB of "<a".
    """

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.linked: dict[str, None] = {}
        self._cell: list[str] | None = None
        self._lists: dict[int, list[str]] = {}
        self._line: list[str] = []
        self._list = 0
        self._unseen = ""

    def lines(self) -> list[str]:
        """The lines of those lists that name tracks, or of the whole where that is one."""
        self._end_line()
        return [line for lines in self._lists.values() if _are_tracks(lines) for line in lines]

    def take(self, found: re.Match[str]) -> None:
        """Go on by a tag, or by the words between two."""
        tag = (found["tag"] or "").lower()
        self._take_line(tag, found)
        if not tag:
            if self._cell is not None:
                self._cell.append(found[0])
        elif tag in {"td", "th", "tr"}:
            self._end_cell()
            if tag == "tr" and not found["close"]:
                self.rows.append([])
                self.links.append("")
            elif tag != "tr" and not found["close"]:
                self._cell = []
        elif tag == "a" and (target := _TARGET.search(found["rest"])):
            self._note(html.unescape(target[1]))

    def _take_line(self, tag: str, found: re.Match[str]) -> None:
        if not tag:
            if not self._unseen:
                self._line.append(found[0])
        elif tag in _UNSEEN:
            self._unseen = "" if found["close"] else tag
        elif tag in _BLOCKS:
            self._end_line()
            self._list += tag in _LISTS

    def _end_line(self) -> None:
        if text := one_line(html.unescape("".join(self._line))):
            self._lists.setdefault(self._list, []).append(text)
        self._line = []

    def _note(self, target: str) -> None:
        at_spotify = target.startswith(("/track/", "/intl-"))
        spotify_id = links.link_in(f"open.spotify.com{target}" if at_spotify else target)
        if spotify_id:
            self.linked[spotify_id] = None
            if self.links:
                self.links[-1] = self.links[-1] or spotify_id

    def _end_cell(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append(one_line(html.unescape("".join(self._cell))))
        self._cell = None
