"""Text of strangers, such as titles, made safe for Plotly: it shows as it was written."""

import textwrap
import unicodedata
from functools import lru_cache

from ttt.text import TURNING

# Plotly reads HTML tags and entities, and TeX between dollar signs.
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"})
_LINE = 36
_LONGEST = 2 * _LINE
_ENOUGH = 400


@lru_cache(maxsize=2_048)
def plain(text: str) -> str:
    """Text on two or three short lines, none of it read as markup, template or formula.

    Plotly fills templates once, so `%{x}` is safe as long as the text stays out of templates.
    """
    visible = text[:_ENOUGH]
    if not visible.isprintable():
        visible = "".join(c for c in visible if c.isspace() or not _invisible(c))
    words = " ".join(visible.split())
    words = cut(words, _LONGEST)
    lines = textwrap.wrap(words, _LINE) if len(words) > _LINE else [words]
    return "<br>".join(line.translate(_SPECIAL) for line in lines)


def cut(text: str, most: int) -> str:
    """As many letters as there is room for, with a sign for what is left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _invisible(character: str) -> bool:
    # Surrogates cannot be sent as JSON; joiners (also Cf) stay, many scripts need them.
    return character in TURNING or unicodedata.category(character) in {"Cc", "Cs"}
