"""Names of keys in the languages that have words of their own for them."""

import re
from collections.abc import Mapping

from ttt.text import without_accents

_SOLFEGE = {"do": 0, "ut": 0, "re": 2, "mi": 4, "fa": 5, "sol": 7, "la": 9, "si": 11}
_RUSSIAN = {"до": 0, "ре": 2, "ми": 4, "фа": 5, "соль": 7, "ля": 9, "си": 11}
_JAPANESE = {"ハ": 0, "ニ": 2, "ホ": 4, "ヘ": 5, "ト": 7, "イ": 9, "ロ": 11}
_KOREAN = {"다": 0, "라": 2, "마": 4, "바": 5, "사": 7, "가": 9, "나": 11}
_LETTERS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
# Where a key is "dur" or "moll", B is what others call B flat, and H is their B.
_NATURALS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 10, "h": 11}
_LOWERED = {"ces": 11, "des": 1, "es": 3, "fes": 4, "ges": 6, "as": 8, "hes": 10}
_RAISED = {"cis": 1, "dis": 3, "eis": 5, "fis": 6, "gis": 8, "ais": 10, "his": 0}
_GERMAN = _NATURALS | _LOWERED | _RAISED
_SHIFTS = {
    **dict.fromkeys(("#", "♯", "sharp", "diese", "diesis", "sostenido", "sustenido", "диез"), 1),
    **dict.fromkeys(("diyez", "діез", "дієз"), 1),
    **dict.fromkeys(("b", "♭", "flat", "bemol", "bemolle", "бемоль"), -1),
}
MODES: Mapping[str, int] = {
    **dict.fromkeys(("min", "minor", "moll", "mineur", "minore", "menor", "минор", "短調"), 0),
    **dict.fromkeys(("molli", "mol", "мінор", "短调", "小调", "小調", "단조"), 0),
    **dict.fromkeys(("maj", "major", "dur", "majeur", "maggiore", "mayor", "maior"), 1),
    **dict.fromkeys(("duuri", "duur", "мажор", "長調", "长调", "大调", "大調", "장조"), 1),
}
"""Words for minor (0) and major (1), without capitals and accents."""


def _any(words: Mapping[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_TONICS = _SOLFEGE | _RUSSIAN
_MODE = rf"(?P<mode>{_any(MODES)})"
_BY_GERMANS = re.compile(rf"(?P<tonic>{_any(_GERMAN)})(?:[\s-]*(?P<mode>moll?i?|dur|duuri|duur))?")
# Hungarian and Swedish write Fisz and Fiss.
_TWO_LETTERS_FOR_S = re.compile(r"(?<=[ei])s[sz]|(?<=^a)s[sz]")
_IN_WORDS = re.compile(
    rf"(?:(?P<tonic>{_any(_TONICS)})|(?P<letter>[a-g])(?=[\s-]*(?:sharp|flat)))"
    rf"[\s-]*(?P<shift>{_any(_SHIFTS)})?(?:[\s-]*{_MODE})?"
)
_SIGNS = _LETTERS | _JAPANESE | _KOREAN
_IN_SIGNS = re.compile(
    rf"(?P<shift>[嬰変升降]|올림|내림)?\s?(?P<tonic>{_any(_SIGNS)})\s?"
    r"(?P<mode>短調|長調|短调|长调|小调|大调|小調|大調|단조|장조)"
)
_SHIFTS_IN_SIGNS = dict.fromkeys(("嬰", "升", "올림"), 1) | dict.fromkeys(("変", "降", "내림"), -1)


def folded(text: str) -> str:
    """A name without capitals and accents."""
    return without_accents(text.replace("♯", "#").replace("♭", "b")).casefold()


def key(text: str) -> tuple[int, int | None] | None:
    """Pitch class and mode of "la mineur", "fis-Moll", "B flat" or "до-диез минор"."""
    plain = _TWO_LETTERS_FOR_S.sub("s", folded(text))
    # A letter alone is as English has it.
    if len(plain) > 1 and (found := _BY_GERMANS.fullmatch(plain)):
        return _GERMAN[found["tonic"]], MODES.get(found["mode"] or "")
    if plain == "h":
        return _GERMAN[plain], None
    if found := _IN_WORDS.fullmatch(plain):
        tonic = _TONICS[found["tonic"]] if found["tonic"] else _LETTERS[found["letter"]]
        shift = _SHIFTS.get(found["shift"] or "", 0)
        return (tonic + shift) % 12, MODES.get(found["mode"] or "")
    if found := _IN_SIGNS.fullmatch(text.casefold()):
        shift = _SHIFTS_IN_SIGNS.get(found["shift"] or "", 0)
        return (_SIGNS[found["tonic"]] + shift) % 12, MODES[found["mode"]]
    return None
