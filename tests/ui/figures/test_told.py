"""A figure as HTML: whatever stands in it comes to the browser as it was told."""

import json
from html.parser import HTMLParser
from typing import Any

import plotly.graph_objects as go
import pytest

from ttt.charts import theme as style
from ttt.ui.figures import told

THEME = style.theme("dark")
ODD = [
    "Rock 'n' Roll",
    "Tom & Jerry &amp; &#39;",
    '"quoted"',
    "<img src=x onerror=alert(1)>",
    "a-->b]>c</style>",
    "back\\slash \\u0027",
    "two\nlines\u2028 and \u2029",
]


class Place(HTMLParser):
    """The place of a figure, as a browser reads it, with the button that enlarges it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)
        held, self.attributes, self.button = self.elements
        assert held == {"class": "ttt-held"}

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data

    def figure(self) -> Any:
        return json.loads(self.attributes["data-figure"] or "")


def drawn(kind: str = "bar", **trace: Any) -> go.Figure:
    return style.figure(THEME, 240, [{"type": kind, **trace}])


@pytest.mark.parametrize("title", ODD)
def test_any_title_comes_to_the_browser_as_it_is(title: str) -> None:
    place = Place(told.figure(drawn(x=[1], y=[2], hovertext=[title]), title))

    assert place.figure()["data"][0]["hovertext"] == [title]
    assert place.attributes["data-title"] == title
    assert place.button["aria-label"] == f"Enlarge: {title}"
    assert place.text == ""


@pytest.mark.parametrize("title", ODD)
def test_nothing_in_a_figure_looks_like_the_end_of_an_element(title: str) -> None:
    html = told.figure(drawn(x=[1], y=[2], hovertext=[title]), "Energy")

    data = html.partition("data-figure='")[2].partition("'></div><button")[0]
    assert "Energy" not in data  # It ends before the button's name.
    assert not {"<", ">", "'"} & set(data)


def test_a_place_is_as_high_as_its_figure_will_be() -> None:
    assert "height:240px" in (Place(told.figure(drawn(), "Energy")).attributes["style"] or "")
    lower = Place(told.figure(drawn(), "Energy", height=190))
    assert "height:190px" in (lower.attributes["style"] or "")


def test_a_figure_with_marks_is_a_stop_of_the_keyboard_and_says_how_it_is_read() -> None:
    place = Place(told.figure(drawn("scatter", x=[1], y=[1]), "Mood map"))

    assert place.attributes["tabindex"] == "0"
    assert place.attributes["role"] == "group"
    assert place.attributes["aria-label"] == "Mood map: arrow keys go through its marks"


@pytest.mark.parametrize(
    "figure",
    [
        drawn("heatmap", z=[[1]]),
        drawn("scatter", mode="lines", x=[1, 2], y=[1, 2]),
        style.empty(THEME, 200, "None yet"),
    ],
)
def test_a_figure_without_marks_has_its_name_and_is_passed_by(figure: go.Figure) -> None:
    place = Place(told.figure(figure, "Calendar"))

    assert "tabindex" not in place.attributes
    assert place.attributes["role"] == "img"
    assert place.attributes["aria-label"] == "Calendar"


def test_only_a_figure_on_which_one_can_choose_says_so() -> None:
    assert "data-chosen" not in Place(told.figure(drawn(), "Energy")).attributes
    place = Place(told.figure(drawn(), "Energy", by="points", what="energy"))
    assert place.attributes["data-chosen"] == "points"
    assert place.attributes["data-what"] == "energy"


def test_what_moves_brings_its_frames() -> None:
    frames = [{"name": "0", "data": [{"x": [1]}], "traces": [0]}]
    figure = style.figure(THEME, 240, [{"type": "bar"}], frames=frames)

    assert Place(told.figure(figure, "Race")).figure()["frames"] == frames
