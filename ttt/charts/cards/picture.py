"""Cards as PNG, drawn without a browser and with a typeface of our own."""

from functools import cache
from pathlib import Path

import resvg_py

# Latin, Greek and Cyrillic end before the first; signs such as ▲ lie between the others.
_LETTERS_END, _SIGNS = 0x530, range(0x2010, 0x2600)
_FONTS = Path(__file__).parent / "fonts"


def png(svg: str, width: int = 1080) -> bytes:
    """The picture, so many pixels wide.

    Letters that the typeface lacks are taken from those of the machine.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            # Looking through the machine's own takes longer than drawing.
            skip_system_fonts=all(map(_has, svg)),
            font_files=_files(),
            font_family="Source Sans Pro",
            sans_serif_family="Source Sans Pro",
        )
    )


def _has(letter: str) -> bool:
    """Whether the typeface draws a letter."""
    return ord(letter) < _LETTERS_END or ord(letter) in _SIGNS


@cache
def _files() -> list[str]:
    return sorted(map(str, _FONTS.glob("*.otf")))
