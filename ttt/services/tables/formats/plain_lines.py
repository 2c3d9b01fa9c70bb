"""Text with a track a line, as people type and paste it: links, or artist and title."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import unquote

from ttt.errors import InvalidInput
from ttt.providers import columns
from ttt.services.tables import layout, spreadsheet
from ttt.services.tracks import links

Row = tuple[int, dict[str, str]]

# Dashes and the minus sign, as keyboards and shops of music write them.
_DASH = re.compile(r"\s(?:[-‐‒–—―−－]|--)\s")
# What lists put before each of their lines: signs, boxes to tick, numbers.
_MARK = re.compile(
    r"(?:(?:[-*+•·▪◦‣–—>→▶►♪♫🎵🎶☐☑✓✔]+\ufe0f?|\[[ xX]?\]|#?\d{1,4}[.):]|#\d{1,4}"
    r"|\(\d{1,4}\)|\[\d{1,4}\]|w/)\s+)+"
)
# Who names the title in quotation marks, or in bold, names it first.
_TITLE_FIRST = re.compile(
    r"(?:[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|\*\*([^*]+)\*\*|\[([^\]]+)\]\(\S+\))"
    r"\s+(?:by|[-‐‒–—―−－])\s+([^\s\"“”„«*\[].*)"
)
# As foobar2000 copies rows: "Artist - [Album #03] Title".
_OF_ALBUM = re.compile(r"\[[^\[\]]{0,200}#\d{1,4}\]\s+")
# The label behind a title, where mixes are listed: "[LABEL]".
_LABEL = re.compile(r"\s\[[^a-z\[\]]{1,60}\]$")
_QUOTED = re.compile(r"[\"“”„«»`]([^\"“”„«»`]*)[\"“”„«»`]")
# "01 - Artist - Title" begins with the number of its line.
_NUMBERED = re.compile(r"(?:\d{1,2}|0\d+)\s[-‐‒–—―−]\s(?=.*\s[-‐‒–—―−]\s)")
_COUNTED = re.compile(r"(\d{1,5})\s+(\S.*)")
# When it began, as lists of what was played in a mix have it: "[1:02:03] Artist - Title".
_CLOCK = re.compile(r"[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?(?:\s[-‐‒–—―−]\s|\s++)(?=.*\S\s[-‐‒–—―−]\s)")
# When it was said or played and by whom, as chats are copied: "[12/05/2024, 18:22] Ann: ".
_STAMP = re.compile(
    r"^\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?\]?"
    r"(?:\s[-‐‒–—―−])?\s(?:(?:(?!\s[-‐‒–—―−]\s)[^:\[\]]){1,40}:\s)?(?=\S.*\s[-‐‒–—―−]\s)",
    re.IGNORECASE | re.MULTILINE,
)
# How long it is, behind the title: "(3:35)".
_LENGTH = re.compile(r"\s[\[(]\d{1,2}(?::\d\d){1,2}[\])]$")
# A song on somebody's disk is called by its file.
_FOLDER = re.compile(r"[\\/]")
_FILE = re.compile(
    r"(?:\d{1,3}[ .-]++)?(.+)\.(?:mp3|flac|m4a|ogg|opus|wav|wma|aac|aiff)", re.IGNORECASE
)
# What the folder of all music is called, and a disk.
_NO_ARTIST = re.compile(
    r"(?:my )?(?:music|musik|musique|m[uú]sica|muziek|музыка|songs?|mp3s?|flac|audio|media"
    r"|downloads?|library|itunes(?: media)?|playlists?|home|users?|sdcard|storage)|[a-z]:|file:",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
# So many of the lines have to name a track: a stray one is refused, and no table is taken apart.
_MOSTLY = 0.8


def named(text: str) -> tuple[str, str] | None:
    """Artist and title of a line such as "2. Radiohead - Creep", None for anything else."""
    shown = (c for c in text if unicodedata.category(c) != "Cf")
    plain = text.strip() if text.isascii() else "".join(shown).strip()
    return links.local_file([plain]) or _by_file(plain) or _by_dash(_of_file(plain))


def _of_file(plain: str) -> str:
    """What a file is called, without its folders; any other text as it is."""
    file = _FILE.fullmatch(_FOLDER.split(plain)[-1])
    if file is None:
        return plain
    return unquote(file[1]) if plain.startswith("file:") else file[1]


def _by_file(plain: str) -> tuple[str, str] | None:
    """Artist and title of a file that is called by its title, in a folder of the artist's."""
    title, (*folders, _) = _of_file(plain), _FOLDER.split(plain)
    if title == plain or _DASH.search(title):
        return None
    by = _by_folders(folders)
    return (by, title) if by else None


def _by_dash(plain: str) -> tuple[str, str] | None:
    plain = _LENGTH.sub("", plain)
    if _CLOCK.match(plain):
        plain = _LABEL.sub("", plain)
    for mark in (_STAMP, _MARK, _CLOCK, _NUMBERED):
        if found := mark.match(plain):
            plain = plain[found.end() :]
    if first := _TITLE_FIRST.fullmatch(plain):
        title_said = (first[1] or first[2] or first[3]).strip()
        return None if _DASH.search(title_said) else (_unquoted(first[4]), title_said)
    artist, *title = map(_unquoted, _DASH.split(_unquoted(plain), maxsplit=1))
    title = [_OF_ALBUM.sub("", one, count=1) for one in title]
    if not (artist and title and title[0]) or links.leads_to_spotify(plain) or _is_link(plain):
        return None
    return artist, title[0]


def _by_folders(folders: Sequence[str]) -> str:
    """The artist of a file in folders of artists and albums, or of artists; "" where none is."""
    said = (unquote(name).strip() for name in folders[:-3:-1])
    names = [name for name in said if name.strip(".") and not _NO_ARTIST.fullmatch(name)]
    return names[-1] if names and len(folders) > 1 else ""


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text.strip())
    return (quoted[1] if quoted else text).strip()


def read(text: str) -> list[Row] | None:
    """The lines of a text by number, None where it is a table or something else."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines or not layout.is_one_column(_STAMP.sub("", text)):
        return None
    if any(links.apart(line) for _, line in lines):
        return linked(text)
    if len(lines) > 1 and _is_header(lines[0][1]):
        lines = lines[1:]
    spreadsheet.require_few(len(lines), 1)
    rows = list(of_lines(lines))
    names = sum(bool(row["title"]) for _, row in rows)
    links_found = sum(_is_link(row["link"]) for _, row in rows)
    return rows if names and names + links_found >= _MOSTLY * len(rows) else None


def linked(text: str) -> list[Row] | None:
    """The lines of a text that links some tracks, whatever else it says; None without a link.

    A line that holds nothing but several links is one row for each.
    """
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    parted = [(n, links.apart(line) or [line]) for n, line in lines]
    if any(len(parts) > 1 for _, parts in parted):
        lines = list(enumerate((part for _, parts in parted for part in parts), start=1))
    if not any(links.link_in(line) for _, line in lines):
        return None
    spreadsheet.require_few(len(lines), 1)
    return list(of_lines(lines))


def of_lines(lines: Iterable[tuple[int, str]]) -> Iterable[Row]:
    """Each line as cells; what is neither artist and title nor a link stands as a link."""
    lines = list(lines)
    names = names_of([line for _, line in lines])
    for (number, line), name in zip(lines, names, strict=True):
        artist, title = name or ("", "")
        yield number, {"link": "" if name else line.strip(), "artist": artist, "title": title}


def names_of(lines: Sequence[str]) -> list[tuple[str, str] | None]:
    """Artist and title of each line, None for those that name none.

    Most of several lines may say "Creep by Radiohead"; one alone may be called so.
    """
    lines = _without_numbers(list(map(_without_markup, lines)))
    by_dash = list(map(named, lines))
    all_ = [name or _title_by_artist(line) for name, line in zip(by_dash, lines, strict=True)]
    mostly = len(lines) > 1 and sum(map(bool, all_)) >= _MOSTLY * len(lines)
    return all_ if mostly else by_dash


def _without_markup(line: str) -> str:
    """A line without the tags that stand round it, and with letters for what stands for them."""
    return unescape(_TAG.sub("", line)) if "<" in line or "&" in line else line


def _without_numbers(lines: Sequence[str]) -> Sequence[str]:
    """The lines without numbers before them, where these count all of them from 1."""
    found = [_COUNTED.fullmatch(line.strip()) for line in lines]
    counted = [int(one[1]) for one in found if one]
    if len(lines) < 2 or counted != list(range(1, len(lines) + 1)):
        return lines
    return [one[2] for one in found if one]


def _title_by_artist(line: str) -> tuple[str, str] | None:
    plain = line.strip()
    if found := _MARK.match(plain):
        plain = plain[found.end() :]
    title, _, artist = plain.rpartition(" by ")
    return (
        None if not (title and artist) or _is_link(plain) else (_unquoted(artist), _unquoted(title))
    )


def is_track(text: str) -> bool:
    """Whether a text names a track, by a link or by artist and title."""
    return _is_link(text) or named(text) is not None


def _is_link(text: str) -> bool:
    try:
        return bool(links.parse(text))
    except InvalidInput:
        return False


def _is_header(line: str) -> bool:
    """Whether a line names what stands below it: "Songs", "Artist - Title"."""
    return all(columns.field_named(part) for part in _DASH.split(line.strip()))
