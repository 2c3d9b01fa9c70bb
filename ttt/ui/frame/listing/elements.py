"""The scripts of elements of our own."""

from pathlib import Path

_MAKE = Path(__file__).with_name("make.js")


def script(*files: Path) -> str:
    """These files as one, after the one that makes elements; the last has what is exported."""
    return "\n".join(file.read_text(encoding="utf-8") for file in (_MAKE, *files))
