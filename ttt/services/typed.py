"""Text as people type it, made fit to be kept."""

import unicodedata

_SPACES = frozenset("\t\n\r")


def storable(text: str) -> str:
    """The text without what PostgreSQL or XML cannot hold: control characters, half surrogates."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in _SPACES or unicodedata.category(c) not in {"Cc", "Cs"})


def file_name(name: str, ending: str) -> str:
    """A file name that is one on every system: letters, digits, blanks, dots and dashes."""
    letters = "".join(c if c.isalnum() or c in " .-_" else "_" for c in name)
    return f"{letters.strip(' .')[:80].lower() or 'list'}.{ending}"
