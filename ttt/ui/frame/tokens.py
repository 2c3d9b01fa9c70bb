"""The page's style sheet: the colours of the theme that is shown, and what it cannot say."""

from dataclasses import fields
from functools import cache
from pathlib import Path

from ttt.charts.theme import ThemeName, theme

_SHEETS = (Path(__file__).with_name("frame.css"), Path(__file__).parents[1] / "style.css")


@cache
def sheet(name: ThemeName) -> str:
    """A <style> element; the colour `accent_text` is its custom property --ttt-accent-text."""
    colours = theme(name)
    named = {f.name.replace("_", "-"): getattr(colours, f.name) for f in fields(colours)}
    own = "".join(f"--ttt-{n}:{value};" for n, value in named.items() if isinstance(value, str))
    sheets = "\n".join(path.read_text() for path in _SHEETS)
    return f"<style>:root{{{own}}}\n{sheets}</style>"
