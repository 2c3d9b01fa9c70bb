"""Google's watch-history.html: what its JSON tells, with times as a language writes them."""

import re
from html import unescape
from typing import BinaryIO, NamedTuple

from ttt.plays import Kind, LeftOut, WhyRefused
from ttt.providers.history_files.blocks import Given, Order, Told
from ttt.providers.history_files.fields import name
from ttt.providers.history_files.formats import times
from ttt.providers.history_files.formats.named import Named, several
from ttt.providers.history_files.formats.youtube_music import artist, is_music, is_removed
from ttt.providers.history_files.pieces.containers import each
from ttt.providers.history_files.pieces.marked_up import MarkedRows

# Google's style, which fills the first bytes of all its pages, or a row where somebody cut it out.
_BEGINS = re.compile(
    rb"(?:<!doctype html>\s*)?<html\b.*(?:google/material-design-lite|class=[\"\']outer-cell)",
    re.IGNORECASE | re.DOTALL,
)
_OPENS = re.compile(rb"<div class=[\"\']outer-cell")
_HEADER = re.compile(r"<div class=[\"\']header-cell[^<>]{0,200}>")
_CONTENT = re.compile(r"<div class=[\"\']content-cell[^<>]{0,200}>")
# The last cell of a row, and what holds the cells.
_CLOSES = re.compile(rb"</div>\s*</div>")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]*>")
_ADDRESS = re.compile(r"href=[\"\']([^\"\'<>]*)")
_TAG = re.compile(r"<[^<>]*>")
_DIGITS = re.compile(r"\d+")
_YOUTUBE = "YouTube"
_LOOKED_AT = 100
"""Rows, of which one is YouTube's where any is."""
_MOST_SHAPES = 5_000


class Row(NamedTuple):
    """What a row says: whose service, the name and the address of a link, a channel, a time."""

    header: str
    title: str
    url: str
    channel: str
    time: str


class Seen(NamedTuple):
    """What a whole file says of its times, and whether it is YouTube's at all."""

    of_youtube: bool
    lacks_zone: bool
    is_unclear: bool
    order: Order | None


def is_one(head: bytes) -> bool:
    """Whether a page that begins so is one of those that Google hands out."""
    return bool(_BEGINS.match(head))


def _made(text: str) -> Row | WhyRefused:
    header, content = _cell(_HEADER, text), _cell(_CONTENT, text)
    lines = [line for line in _BREAK.split(content) if _plain(line)]
    if not lines:
        return WhyRefused.NO_ROW
    first, *others = lines
    title, url = _linked(first)
    time = _plain(others.pop()) if others and not _LINK.search(others[-1]) else ""
    channel = _linked(others[0])[0] if others else ""
    return Row(_plain(header), title, url, channel, time)


def _cell(opens: re.Pattern[str], text: str) -> str:
    """What the first cell of a kind holds."""
    found = opens.search(text)
    return text[found.end() :].partition("</div>")[0] if found else ""


def _linked(line: str) -> tuple[str, str]:
    """The words of the link in a line and its address, or all words and no address."""
    link = _LINK.search(line)
    if link is None:
        return _plain(line), ""
    address = _ADDRESS.search(link[0])
    words = line[link.end() :].partition("</a>")[0]
    return _plain(words), unescape(address[1]) if address else ""


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", text)).split())


def told(row: Row, number: int, given: Given) -> Told:
    """What a row tells of; anything but music is left out."""
    if not is_music(row.header, row.url):
        return LeftOut(number, Kind.VIDEO)
    channel = name(row.channel)
    if channel is None or is_removed(row.title):
        return LeftOut(number, Kind.NAMELESS)
    stamp, sense = times.when(row.time, given.zone, given.order)
    return Named(
        title=name(row.title),
        artists=several(artist(channel)),
        told_at=stamp,
        sense=sense,
        timeless=not row.time,
    ).play(number, given)


ROWS = MarkedRows(_OPENS, _CLOSES, _made, each(told))
"""How the rows of such a page are read."""


def looked_through(stream: BinaryIO) -> Seen:
    """Go through a page to see what has to be asked before it can be read."""
    seen, shapes = Seen(False, False, False, None), set[str]()
    for number, row in enumerate(ROWS.rows(stream)):
        if isinstance(row, Row) and row.header.startswith(_YOUTUBE):
            seen = seen._replace(of_youtube=True)
        if not seen.of_youtube and number > _LOOKED_AT:
            break
        if isinstance(row, Row) and row.time and is_music(row.header, row.url):
            seen = _with_time(seen, row.time, shapes)
    return seen


def _with_time(seen: Seen, time: str, shapes: set[str]) -> Seen:
    """The same, with what one more time says; of times that look alike the first says it."""
    seen = seen._replace(
        is_unclear=seen.is_unclear or times.is_unclear(time),
        order=seen.order or times.order_of([time]),
    )
    shape = _DIGITS.sub("0", time)
    if shape in shapes or len(shapes) == _MOST_SHAPES:
        return seen
    shapes.add(shape)
    return seen._replace(lacks_zone=seen.lacks_zone or times.lacks_zone(time))
