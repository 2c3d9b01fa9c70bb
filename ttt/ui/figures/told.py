"""A figure with the words round it, as HTML; figures.js draws it."""

from html import escape
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st
from plotly.io import to_json

from ttt.ui.frame import notices

Choosing = Literal["", "points", "box", "stretch"]
_ENLARGE = (
    '<button type="button" class="ttt-enlarge" title="Enlarge" aria-label="Enlarge: {}"></button>'
)
_HEIGHT = 450  # pixels, where a figure does not say: Plotly's own


def figure(
    drawn: go.Figure, name: str, *, height: int | None = None, by: Choosing = "", what: str = ""
) -> str:
    """The place of a figure, as high as it will be, and a button to enlarge it.

    `name` is read aloud. `height` is in pixels, that of the figure itself when it is None. Where
    one can choose `by` clicks on points, or by a drag round some or over a stretch, the page is
    told it under the name of `what`.
    """
    told = drawn.to_dict()
    high = height or told["layout"].get("height") or _HEIGHT
    # No "<" or ">" is in it, and the attribute ends with an apostrophe.
    data = to_json(drawn, validate=False).replace("&", "\\u0026").replace("'", "\\u0027")
    chosen = f'data-chosen="{by}" data-what="{escape(what)}" ' if by else ""
    return (
        f'<div class="ttt-held"><div class="ttt-figure" style="height:{high}px" '
        f'data-title="{escape(name)}" {chosen}{_aloud(name, told["data"])} '
        f"data-figure='{data}'></div>{_ENLARGE.format(escape(name))}</div>"
    )


def headed(title: str, takeaway: str, kind: str = "over") -> str:
    """The name of a chart and the sentence to take away as HTML, either may be empty."""
    name = f"<h2>{escape(title)}</h2>" if title else ""
    words = f"<p>{escape(notices.line(takeaway))}</p>" if takeaway else ""
    return f'<div class="ttt-{kind}">{name}{words}</div>'


def under(words: str) -> None:
    """Show what is known of what a chart shows, and who says so."""
    if words:
        st.html(noted(words))


def noted(words: str) -> str:
    """What stands under a chart as HTML, nothing where nothing is to say."""
    return f'<p class="ttt-under">{escape(notices.line(words))}</p>' if words else ""


def _aloud(name: str, traces: list[dict[str, Any]]) -> str:
    if any(map(_has_marks, traces)):
        words = f"{name}: arrow keys go through its marks"
        return f'role="group" tabindex="0" aria-label="{escape(words)}"'
    return f'role="img" aria-label="{escape(name)}"'


def _has_marks(trace: dict[str, Any]) -> bool:
    """Whether marks.js finds marks in it, which arrow keys go through."""
    kind = trace.get("type", "scatter")
    return kind == "bar" or (kind == "scatter" and "markers" in trace.get("mode", "markers"))
