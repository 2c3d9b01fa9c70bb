"""The page's style sheet: the colours of both schemes, and what it cannot say."""

from dataclasses import fields
from functools import cache
from pathlib import Path

from ttt.charts.theme import ThemeName, theme

_SHEETS = (Path(__file__).with_name("frame.css"), Path(__file__).parents[1] / "style.css")


@cache
def sheet() -> str:
    """The style sheet; the colour `accent_text` is its custom property --ttt-accent-text.

    Each holds for both schemes: a browser may change from one to the other while a page is open.
    It belongs at the end of the HTML page: Streamlit would bring it after the page is drawn, and
    ahead of Streamlit's own style it would lose to it.
    """
    light, dark = theme("light"), theme("dark")
    own = "".join(
        f"--ttt-{f.name.replace('_', '-')}:light-dark({getattr(light, f.name)},"
        f"{getattr(dark, f.name)});"
        for f in fields(light)
        if isinstance(getattr(light, f.name), str)
    )
    sheets = "\n".join(path.read_text(encoding="utf-8") for path in _SHEETS)
    return f":root{{color-scheme:light dark;{own}}}\n{sheets}"


def scheme(shown: ThemeName) -> str:
    """A <style> element for what opens over the page: the scheme that Streamlit shows."""
    return f"<style>:root{{color-scheme:{shown}}}</style>"
