"""In which encoding a text file was written, and how sure that is."""

import re
import unicodedata
from codecs import getincrementaldecoder
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from charset_normalizer import CharsetMatch, from_bytes

from ttt.errors import InvalidInput
from ttt.found.letters import Guess

# What spreadsheets and services of all countries write when they do not write Unicode.
_LOCAL = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp874", "koi8_r"),
    *("gb18030", "big5", "cp932", "cp949", "mac_roman", "euc_jp", "cp866", "mac_cyrillic"),
    *("iso8859_5", "iso8859_2"),
)
# As likely as others these are never taken, but always there to choose from.
_RARE = ("cp850", "cp852", "cp1257")
_NAMES = {
    "utf_8": "UTF-8",
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic (Windows)",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp874": "Thai",
    "koi8_r": "Cyrillic (KOI8)",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "cp932": "Japanese",
    "cp949": "Korean",
    "mac_roman": "Western European (old Mac)",
    "euc_jp": "Japanese (EUC)",
    "cp866": "Cyrillic (DOS)",
    "mac_cyrillic": "Cyrillic (old Mac)",
    "iso8859_5": "Cyrillic (ISO)",
    "iso8859_2": "Central European (ISO)",
    "cp850": "Western European (DOS)",
    "cp852": "Central European (DOS)",
    "cp1257": "Baltic",
}
_KIN = (
    frozenset({"cp1252", "cp1254"}),
    frozenset({"cp1250", "iso8859_2"}),
    frozenset({"cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5"}),
    frozenset({"cp932", "euc_jp"}),
    frozenset({"gb18030", "big5"}),
)
_NO_TEXT = "This is not a text file, or not a whole one: save it as CSV in UTF-8."
# As Japan's mails switch between letters.
_BY_ESCAPES = re.compile(rb"\x1b\$[@B]")
# What Windows shows for bytes that are no letters of Latin 1.
_OF_WINDOWS = bytes(range(0x80, 0xA0)).decode("cp1252", "replace")
_AS_BYTES = {ord(c): byte for byte, c in enumerate(_OF_WINDOWS, 0x80) if c != "\ufffd"}
_SAMPLES = 3
_MOST_ASKED = 12
_FEW = 16
_MOST_JUDGED = 20_000
_MOST_COMPARED = 2_000
_CELLS = re.compile(rb"[^,;\t|\r\n\"]+")
# How much better in order or in letters the best guess has to be to need no question.
_CLEARLY = 0.08
# Of so many whole letters for each that is lost nobody doubts that a text is UTF-8.
_MANY = 4
# Shares of odd bytes in texts of two bytes a letter, such as Excel's "Unicode text".
_WIDE = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and its encoding, guesses to choose from where it is not sure, and letters lost."""

    text: str
    guesses: tuple[Guess, ...] = ()
    lost: int = 0
    encoding: str = field(default="utf-8-sig", compare=False)


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file, by its marks, as UTF-8, or by what its letters look like.

    With an `encoding`, as that. A letter that cannot be read becomes U+FFFD and is counted.
    """
    if encoding is not None:
        return _as(content, encoding)
    wide = _wide(content)
    if wide is not None:
        return _whole(content, wide)
    if _BY_ESCAPES.search(content):
        return _as(content, "iso2022_jp_2")
    try:
        return Decoded(_once(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return _damaged(content) or _guessed(content)


def _once(text: str) -> str:
    """A text whose UTF-8 a program took for Western European and wrote in UTF-8 once more."""
    with suppress(UnicodeError):
        return text if text.isascii() else text.translate(_AS_BYTES).encode("latin-1").decode()
    return text


def _damaged(content: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes, None for what is not surely that."""
    text, whole, lost = _as_utf_8(content)
    return Decoded(text, lost=lost) if whole >= _MANY * lost else None


def _as_utf_8(content: bytes) -> tuple[str, int, int]:
    """A text as UTF-8, how many of its letters are whole and beyond ASCII, how many are lost."""
    text = content.decode("utf-8-sig", errors="replace")
    lost = text.count("\ufffd")
    return text, sum(1 for c in text if c > "\x7f") - lost, lost


def likeliest(head: bytes) -> str:
    """The encoding of a text that begins so and may be cut anywhere."""
    wide = _wide(head)
    if wide is not None:
        return wide
    with suppress(UnicodeDecodeError):
        getincrementaldecoder("utf-8")().decode(head)
        return "utf-8-sig"
    try:
        return decode(head[: head.rfind(b"\n") + 1] or head).encoding
    except InvalidInput:
        return _LOCAL[0]


def _as(content: bytes, encoding: str) -> Decoded:
    try:
        text = content.decode(encoding, errors="replace")
    except LookupError:
        raise InvalidInput(f"There is no encoding named “{encoding}”.") from None
    return Decoded(text.removeprefix("\ufeff"), (), text.count("\ufffd"), encoding)


def _whole(content: bytes, encoding: str) -> Decoded:
    found = _as(content, encoding)
    if found.lost * _MANY > len(found.text):
        raise InvalidInput(_NO_TEXT)
    return found


def _wide(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:2_000]
    first, second = start[::2].count(0), start[1::2].count(0)
    # As many in both are no letters, but what a broken disk or download left of a file.
    if len(start) < 4 or max(first, second) < 2 * min(first, second):
        return None
    if max(first, second) <= _WIDE * len(start) / 2:
        return None
    return "utf-16-be" if first > second else "utf-16-le"


def _guessed(content: bytes) -> Decoded:
    cells = list(dict.fromkeys(c.strip() for c in _CELLS.findall(content) if not c.isascii()))
    judged = b"\n".join(cells)[:_MOST_JUDGED]
    found = [
        m for m in from_bytes(judged, cp_isolation=[*_LOCAL, *_RARE]) if _fits(content, m.encoding)
    ]
    found.sort(key=_likelihood)
    doubts = [m for m in found[1:] if not _clearly(found[0], m)]
    likely = _different(content, [m.encoding for m in (*found[:1], *doubts)])
    if len(likely) > 1:
        # Those who write the same letters by other signs are told apart by eyes alone.
        kin = (e for group in _KIN if group & set(likely) for e in group)
        likely = _different(content, [*likely, *sorted(kin, key=_LOCAL.index)])
    if not likely or (len(likely) > 1 and len(judged) < _FEW):
        # Of few letters nobody can tell: whatever they may be is there to choose from.
        likely = _different(content, [*likely, *(e for e in _LOCAL if e not in likely)])
    _, whole, lost = _as_utf_8(content)
    if whole >= lost:
        likely.append("utf_8")  # damaged, but not clearly so
    if not likely:
        raise InvalidInput(_NO_TEXT)
    guesses = _guesses(likely, cells) if len(likely) > 1 else ()
    text = content.decode(likely[0], errors="replace")
    return Decoded(text, guesses, text.count("\ufffd"), encoding=likely[0])


def _different(content: bytes, encodings: list[str]) -> list[str]:
    """Those in which a text can be, each reading once."""
    readings = {content.decode(e): e for e in reversed(encodings) if _fits(content, e)}
    return sorted(readings.values(), key=encodings.index)[:_MOST_ASKED]


def _guesses(encodings: list[str], cells: list[bytes]) -> tuple[Guess, ...]:
    """What to choose from, by names that tell the readings apart."""
    telling = sorted(cells[:_MOST_COMPARED], key=lambda cell: -len(_readings(cell, encodings)))
    return tuple(_guess(encoding, telling[:_SAMPLES]) for encoding in encodings)


def _readings(cell: bytes, encodings: list[str]) -> set[str]:
    return {cell.decode(encoding, errors="replace") for encoding in encodings}


def _likelihood(match: CharsetMatch) -> tuple[bool, float, float, int]:
    is_rare = match.encoding in _RARE
    at = (*_LOCAL, *_RARE).index(match.encoding)
    return is_rare, round(match.chaos, 2), -round(match.coherence, 2), at


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _clearly(best: CharsetMatch, other: CharsetMatch) -> bool:
    if _odd(str(best)) > _odd(str(other)):
        return False
    if other.chaos - best.chaos >= _CLEARLY:
        return True
    return other.chaos >= best.chaos and best.coherence - other.coherence >= _CLEARLY


def _odd(text: str) -> int:
    """How many letters stand where none is written so: capitals and signs inside words."""
    return sum(
        (letter.isupper() and before.islower()) or (before.isalpha() and _is_sign(letter))
        for before, letter in pairwise(text)
        if not letter.isascii()
    )


def _is_sign(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category in {"Lm", "Pd"} or category[0] not in "LMP"


def _guess(encoding: str, cells: list[bytes]) -> Guess:
    samples = tuple(cell.decode(encoding, errors="replace") for cell in cells)
    return Guess(encoding, _NAMES.get(encoding, encoding), samples)
