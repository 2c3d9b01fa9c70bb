"""The page's style sheet: the colours of both schemes, and what it cannot say."""

from dataclasses import fields
from functools import cache
from pathlib import Path

from ttt.charts.theme import ThemeName, theme

_SHEETS = (Path(__file__).with_name("frame.css"), Path(__file__).parents[1] / "style.css")


@cache
def sheet(shown: ThemeName) -> str:
    """A <style> element; the colour `accent_text` is its custom property --ttt-accent-text.

    Each holds for both schemes: a browser may change from one to the other while a page is open.
    Streamlit says on the page which of them holds; what opens over the page hears it from here.
    """
    light, dark = theme("light"), theme("dark")
    own = "".join(
        f"--ttt-{f.name.replace('_', '-')}:light-dark({getattr(light, f.name)},"
        f"{getattr(dark, f.name)});"
        for f in fields(light)
        if isinstance(getattr(light, f.name), str)
    )
    sheets = "\n".join(path.read_text() for path in _SHEETS)
    return f"<style>:root{{color-scheme:{shown};{own}}}\n{sheets}</style>"
