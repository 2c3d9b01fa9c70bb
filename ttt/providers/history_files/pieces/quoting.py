"""Cells as some programs wrap them: Excel's formulas of text, quotes of typesetters, web pages."""

import html
import re

_ENDS = r"(?=[,;\t|]|\r|\n|\Z)"
_BEGINS = r"(?P<before>^|[,;\t|])"
# ="0123" keeps Excel from reading a number.
_FORMULA = re.compile(rf'{_BEGINS}="(?P<cell>(?:[^"\r\n]|"")*+)"{_ENDS}', re.MULTILINE)
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
# Where a program put them in the place of those that part cells.
_TYPESET = re.compile(rf"{_BEGINS}[ ]?[“”„«](?P<cell>[^“”„«»\r\n]*+)[”“»]{_ENDS}", re.MULTILINE)
_PARTS_CELLS = re.compile(r"[,;\t|]")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|apos|#0?39|#x27);", re.IGNORECASE)
_ENTITY_OF_QUOTE = re.compile(r"&(?:quot|#34|#x22);", re.IGNORECASE)
_MOSTLY = 0.5


def plain(text: str, *, typeset: bool) -> str:
    """A table, or a line of one, whose cells are wrapped as CSV wants them."""
    if '="' in text:
        text = _FORMULA.sub(r'\g<before>"\g<cell>"', text)
    if typeset:
        text = _TYPESET.sub(r'\g<before>"\g<cell>"', text)
    return _ENTITY.sub(_letter, text) if "&" in text and ";" in text else text


def unescaped(text: str) -> str:
    """A text with the letters for which a web page has names."""
    return _ENTITY_OF_QUOTE.sub('"', _ENTITY.sub(_letter, text)) if "&" in text else text


def _letter(found: re.Match[str]) -> str:
    return html.unescape(found[0].lower())


def unwrapped(cell: str) -> str:
    """What a cell holds that is Excel's formula of a text, or has a page's quotation marks."""
    if cell.startswith('="') and (found := _WRAPPED.fullmatch(cell)):
        cell = found[1].replace('""', '"')
    return _ENTITY_OF_QUOTE.sub('"', cell) if "&" in cell else cell


def is_typeset(text: str) -> bool:
    """Whether such marks part cells: one holds what else would, or most rows have them.

    A song may be called “Heroes”.
    """
    if '"' in text or not any(sign in text for sign in "“”„«"):
        return False
    cells = [found["cell"] for found in _TYPESET.finditer(text)]
    if any(_PARTS_CELLS.search(cell) for cell in cells):
        return True
    return len(cells) > _MOSTLY * (text.count("\n") + 1) * 2
