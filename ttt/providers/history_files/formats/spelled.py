"""Times whose parts stand in another order, behind other signs or with the name of a zone.

A zone's short name is believed where it means one offset: RFC 5322's, and others that only one
part of the world uses. One that several use (CST, IST, BST) is whoever's who brings the file, where
their zone is called so at that time; nobody's otherwise.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ttt.providers.history_files.formats.written import elsewhere

_HOURS_AHEAD: Mapping[str, float] = {
    "utc": 0,
    "gmt": 0,
    "ut": 0,
    "z": 0,
    "wet": 0,
    "west": 1,
    "cet": 1,
    "mez": 1,
    "met": 1,
    "cest": 2,
    "mesz": 2,
    "mest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
    "jst": 9,
    "kst": 9,
    "est": -5,
    "edt": -4,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "akst": -9,
    "akdt": -8,
    "hst": -10,
    "awst": 8,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "sast": 2,
    "brt": -3,
    "brst": -2,
    "art": -3,
    "uyt": -3,
    "clt": -4,
    "clst": -3,
    "bot": -4,
    "vet": -4,
    "cot": -5,
    "pet": -5,
    "hne": -5,
    "hae": -4,
    "wat": 1,
    "cat": 2,
    "eat": 3,
    "trt": 3,
    "pkt": 5,
    "npt": 5.75,
    "wib": 7,
    "ict": 7,
    "wita": 8,
    "sgt": 8,
    "hkt": 8,
    "myt": 8,
    "wit": 9,
    "acst": 9.5,
    "acdt": 10.5,
    "seč": 1,
    "selč": 2,
}
_OF_SEVERAL = {"cst", "ist", "bst", "ast", "sst", "gst", "amt", "wst"}
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:\s?[apAP]\.?[mM]\.?)?"
_ZONE_BEHIND = re.compile(r"(?<=[\d.mM])\s*\b([A-Za-zČč]{1,4}|[A-Z][\w+-]+(?:/[\w+-]+){1,2})$")
_SAID_AGAIN = re.compile(
    r"(?<=[\d ])([+-]\d\d:?\d\d|Z)\s*(?:\([^()]*\)|\[[\w/+-]+\]|\s[A-Z]{2,5})$"
)
_IN_BRACKETS = re.compile(r"(?<=[\d.mM])\s*[(\[]([\w/:+-]+)[)\]]$")
_FROM_UTC = re.compile(r"(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d\d))?(?=$|\s*[()\]])")
_OFFSET = re.compile(r"[+-]\d\d(?::?\d\d)?$|(?<=[\d ])[zZ]$")
_DATE_IN_SIGNS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号일]?")
_CLOCK_IN_SIGNS = re.compile(
    r"(\d{1,2})\s?[時时点點시]\s?(?:(\d{1,2})\s?[分분]\s?(?:(\d{1,2})\s?[秒초])?)?"
)
_YEAR_OF_KOREA = re.compile(r"^(?=\d\d\. \d{1,2}\. \d{1,2}\.? 오[전후])")
_HALF_BEFORE = re.compile(
    rf"(?:(上午|午前|오전|凌晨|清晨|早上|午夜)|(下午|午[後后]|오후|中午|晚上))\s?({_CLOCK})"
)
_WEEKDAY_IN_SIGNS = re.compile(
    r"\s?\([日月火水木金土一二三四五六월화수목금토일]\)|\s?(?:星期|周|週)[一二三四五六日天]"
    r"|\s?[日月火水木金土]曜日?|\s?[월화수목금토일]요일"
)
_CLOCK_FIRST = re.compile(rf"({_CLOCK}),?\s+(?:[·•|-]\s+|on\s+)?(?=\S*\d|[A-Za-z])(.+)")
_DATE_AND_ZONE = re.compile(r"(.*?)(?:,?\s+([+-]\d\d:?\d\d|[A-Z]{1,4}))?", re.DOTALL)
# As China writes it.
_ZONE_BETWEEN = re.compile(
    rf"(\d[^:]{{5,15}}?),? {{1,2}}((?:UTC|GMT)[+-]\d{{1,2}}(?::\d\d)?|[A-Z]{{3,4}}) ({_CLOCK})"
)
# As Vietnam writes it.
_ZONE_BEFORE_DATE = re.compile(
    rf"({_CLOCK}) ((?:UTC|GMT)(?:[+-]\d{{1,2}}(?::\d\d)?)?|[A-Z]{{3,4}}),? (\d.+)"
)
# As Canada writes it in French.
_CLOCK_IN_WORDS = re.compile(r"(\d{1,2}) h (\d\d) min (\d\d) s\b")
_YEAR_LAST = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s+)?([A-Za-z]{{3,9}})\s+(\d{{1,2}})\s+({_CLOCK})"
    r"(\s(?:[A-Za-z]{1,5}|[+-]\d{4}))?\s+(\d{4})"
)


def in_order(text: str) -> str:
    """The time as date, clock and zone behind each other; as it is where it was so before."""
    # Each look costs, and a table may hold a million times that are none.
    is_usual = text.isascii() and "thg" not in text
    text = " ".join(text.split()) if is_usual else _without_signs(text)
    if " min " in text:
        text = _CLOCK_IN_WORDS.sub(r"\1:\2:\3", text)
    if (found := _ZONE_BETWEEN.fullmatch(text)) is not None:
        text = f"{found[1]} {found[3]} {found[2]}"
    if (found := _ZONE_BEFORE_DATE.fullmatch(text)) is not None:
        text = f"{found[3]} {found[1]} {found[2]}"
    if "UTC" in text or "GMT" in text:
        text = text.replace(", GMT", " GMT")
        text = _FROM_UTC.sub(lambda found: f"{found[1]}{found[2]:0>2}:{found[3] or '00'}", text)
    if not text[-1:].isdigit():
        text = _IN_BRACKETS.sub(r" \1", _SAID_AGAIN.sub(r"\1", text))
    if found := _YEAR_LAST.fullmatch(text):
        return f"{found[1]} {found[2]} {found[5]} {found[3]}{found[4] or ''}"
    found = _CLOCK_FIRST.fullmatch(text)
    if found and (behind := _DATE_AND_ZONE.fullmatch(found[2])):
        text = f"{behind[1]} {found[1]} {behind[2] or ''}"
    return " ".join(text.split())


def _without_signs(text: str) -> str:
    """A time with the words and signs that most of the world writes."""
    text = elsewhere.in_english(unicodedata.normalize("NFKC", text))
    text = _YEAR_OF_KOREA.sub("20", text)
    text = _WEEKDAY_IN_SIGNS.sub("", _DATE_IN_SIGNS.sub(r"\1-\2-\3 ", text))
    text = _CLOCK_IN_SIGNS.sub(lambda found: _clock(*found.groups()), text)
    return _HALF_BEFORE.sub(lambda found: f"{found[3]} {'am' if found[1] else 'pm'}", text)


def parted(text: str) -> tuple[str, str]:
    """A time in order without the name of its zone, and that name."""
    found = _ZONE_BEHIND.search(text)
    if found is None or not (_is_short(found[1]) or _is_place(found[1])):
        return text, ""
    return text[: found.start()].rstrip(), found[1]


def says_zone(text: str) -> bool:
    """Whether a time says of which zone it is, so that nobody else has to."""
    text = in_order(text)
    named = parted(text)[1]
    return bool(_OFFSET.search(text)) or (bool(named) and named.lower() not in _OF_SEVERAL)


def in_zone(stamp: int, named: str, zone: ZoneInfo | None) -> int | None:
    """The UTC seconds of wall-clock seconds in a zone of that name; None where nobody knows it."""
    wall = datetime.fromtimestamp(stamp, UTC).replace(tzinfo=None)
    if _is_place(named):
        return int(wall.replace(tzinfo=ZoneInfo(named)).timestamp())
    own = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    for one in own if zone else ():
        if one.tzname() == named.upper():
            return int(one.timestamp())
    ahead = _HOURS_AHEAD.get(named.lower())
    if ahead is not None:
        return stamp - int(ahead * 3600)
    return None if zone else stamp


def _is_place(named: str) -> bool:
    # CET is one too, and would be what is CEST in summer.
    return "/" in named and named in _places()


@cache
def _places() -> set[str]:
    return available_timezones()


def _is_short(named: str) -> bool:
    return named.lower() in _HOURS_AHEAD or named.lower() in _OF_SEVERAL


def _clock(hour: str, minute: str | None, second: str | None) -> str:
    return ":".join((hour, f"{minute or 0:0>2}", *([f"{second:0>2}"] if second else ())))
