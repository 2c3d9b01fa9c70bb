"""Text that people type and services send, made fit to be kept."""

import unicodedata
from typing import Any

_SPACES = frozenset("\t\n\r")


def storable(text: str) -> str:
    """The text without what PostgreSQL or XML cannot hold: control characters, half surrogates."""
    return _without_controls(text, but=_SPACES)


def one_line(text: str) -> str:
    """Storable text whose words stand one blank apart."""
    return " ".join(storable(text).split())


def without_accents(text: str) -> str:
    """The text without marks on its letters, however they were written."""
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parted if not unicodedata.combining(c))


def cleaned(value: Any) -> Any:
    """What a service sent, at any depth of its JSON, without control characters of any kind."""
    match value:
        case str():
            return _without_controls(value)
        case list():
            return [cleaned(one) for one in value]
        case dict():
            return {cleaned(key): cleaned(one) for key, one in value.items()}
    return value


def file_name(name: str, ending: str) -> str:
    """A file name that is one on every system: letters, digits, blanks, dots and dashes."""
    letters = "".join(c if c.isalnum() or c in " .-_" else "_" for c in name)
    return f"{letters.strip(' .')[:80].lower() or 'list'}.{ending}"


def _without_controls(text: str, but: frozenset[str] = frozenset()) -> str:
    if text.isprintable():
        return text
    return "".join(c for c in text if c in but or unicodedata.category(c) not in {"Cc", "Cs"})
