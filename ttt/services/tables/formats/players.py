"""Playlists as players write them line by line: M3U, PLS and the cue sheets of mixes."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote

from ttt.services.tables.formats import plain_lines
from ttt.services.tables.spreadsheet import Cells

# Seconds, what players put behind them, and the words.
_EXTINF = re.compile(
    r"#EXTINF:\s*+(-?\d++)?[\d.]*+(?>(?:\s++[\w-]++=\"[^\"]*+\")*)[^,]*+,(.*)", re.IGNORECASE
)
_EXTVDJ = re.compile(r"<(artist|title|songlength)>([^<]*)</\1>", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]\s")
_M3U = re.compile(r"\s*#EXT(?:M3U|INF:|VDJ:)", re.IGNORECASE)
_PLS = re.compile(r"\s*\[playlist\]", re.IGNORECASE)
_PLS_LINE = re.compile(r"(file|title|length)(\d{1,6})\s*=(.*)", re.IGNORECASE)
_CUE = re.compile(
    r"\s*(?:(?:REM|PERFORMER|TITLE|CATALOG|FILE)\s.*\n\s*)*?FILE\s.*\n\s*TRACK\s+\d", re.I
)
_CUE_LINE = re.compile(r"(TRACK|TITLE|PERFORMER|ISRC)\s+\"?(.*?)\"?", re.IGNORECASE)
_CUE_NAMES = {"title": "title", "performer": "artist", "isrc": "isrc"}


def read(text: str) -> list[tuple[int, Cells | None]] | None:
    """The tracks of a playlist by number, None for any other text."""
    for begins, tracks in _FORMS.items():
        if begins.match(text):
            return list(enumerate(tracks(text), start=1))
    return None


def _m3u(text: str) -> Iterator[Cells]:
    said: Cells = {}
    for line in map(str.strip, text.splitlines()):
        if above := _above(line):
            if said:
                yield _entry("", said)  # it has no address
            said = above
        elif line and not line.startswith("#"):
            yield _entry(line, said or _by_file(line))
            said = {}
    if said:
        yield _entry("", said)


def _above(line: str) -> Cells:
    """What a line says of the address below it."""
    if found := _EXTINF.match(line):
        return _words(found[2], found[1])
    if not line.upper().startswith("#EXTVDJ:"):
        return {}
    said = {name.lower(): unescape(text).strip() for name, text in _EXTVDJ.findall(line)}
    seconds = said.pop("songlength", "")
    return said | _length(seconds.partition(".")[0])


def _pls(text: str) -> Iterator[Cells]:
    entries: dict[int, dict[str, str]] = {}
    for line in map(str.strip, text.splitlines()):
        if found := _PLS_LINE.fullmatch(line):
            entries.setdefault(int(found[2]), {})[found[1].lower()] = found[3].strip()
    for _, said in sorted(entries.items()):
        file, title = said.get("file", ""), said.get("title", "")
        yield _entry(file, _words(title, said.get("length")) if title else _by_file(file))


def _cue(text: str) -> Iterator[Cells]:
    """The tracks of a mix; who stands above all of them made those that name nobody."""
    tracks: list[Cells] = [{}]
    for line in map(str.strip, text.splitlines()):
        if found := _CUE_LINE.fullmatch(line):
            name = found[1].lower()
            if name == "track":
                tracks.append({})
            else:
                tracks[-1].setdefault(_CUE_NAMES[name], found[2].strip())
    by = tracks[0].get("artist", "")
    for said in tracks[1:]:
        yield _entry("", {"artist": by, "isrc": "", **said})


def _by_file(line: str) -> Cells:
    """What the name of a file says, where nothing stands over it."""
    named = plain_lines.named(unquote(line.removeprefix("file://")))
    return {"artist": named[0], "title": named[1]} if named else {}


def _entry(link: str, said: Cells) -> Cells:
    return {"link": link, "title": "", "artist": "", "duration_ms": ""} | said


def _words(text: str, seconds: str | None) -> Cells:
    """Artist and title in one text, and the length."""
    artist, *title = _DASH.split(text.strip(), maxsplit=1)
    said = {"artist": artist, "title": title[0]} if title else {"title": artist}
    return said | _length(seconds)


def _length(seconds: str | None) -> Cells:
    known = int(seconds[:9]) if seconds and seconds.isdecimal() else 0
    return {"duration_ms": str(known * 1000)} if known else {}


_FORMS: dict[re.Pattern[str], Callable[[str], Iterator[Cells]]] = {
    _M3U: _m3u,
    _PLS: _pls,
    _CUE: _cue,
}
