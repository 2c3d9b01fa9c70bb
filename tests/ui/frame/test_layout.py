import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.delta_generator import DeltaGenerator

from tests.ui.conftest import fold, play, unfold
from ttt.ui.frame import layout

UI = Path(layout.__file__).parents[1]
_OPENED = {"expander", "popover"}
# What opens there and is let go of when it closes: things to read, and answers of Spotify's that
# would be asked for again with each run.
FORGOTTEN = {
    *("imports.getting", "imports.receipts", "imports.uncertain"),
    *("plays.own_charts", "plays.panel", "tracks.panels", "work.imports"),
    *("spotify.player", "spotify.playlists"),
}


def openings(module: Path) -> Iterator[ast.Call]:
    """Folds and popovers that a module looks after itself."""
    for node in ast.walk(ast.parse(module.read_text())):
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in _OPENED:
            continue
        if any(given.arg == "on_change" for given in node.keywords):
            yield node


def body(*numbers: layout.Number) -> str:
    (element,) = play(lambda: layout.numbers(numbers)).get("html")
    return str(element.proto.body)


def test_a_number_is_a_term_with_its_description() -> None:
    html = body(layout.Number("Plays", "9,505", words="16 % more", short="+16 %"))
    assert re.findall(r"</?(?:dl|dt|dd)\b", html) == ["<dl", "<dt", "</dt", "<dd", "</dd", "</dl"]
    assert "9,505" in html
    assert "16 % more" in html
    assert "dots" not in html


def test_a_number_that_is_not_known_says_so_and_has_no_unit() -> None:
    html = body(layout.Number("Tempo", None, "BPM"))
    assert "unknown" in html
    assert "BPM" not in html


def test_a_place_on_the_line_is_drawn_beside_what_it_is_compared_with() -> None:
    html = body(layout.Number("Energy", "0.80", colour="energy", at=80.0, was=84.0))
    assert 'u style="left:80.0%"' in html
    assert 'class="was" style="left:84.0%"' in html
    assert "--ttt-energy" in html


def test_texts_are_text_whatever_they_hold() -> None:
    html = body(layout.Number("<b>x</b>", "<i>1</i>", "<u>", "<em>y</em>", "<s>z</s>"))
    assert not {"<b>x", "<i>1", "<em>", "<s>z", "<u>"} & set(re.findall(r"<[^>]*>\w?", html))


def test_the_half_that_a_phone_shows_stands_in_the_address() -> None:
    def script() -> None:
        left, right = layout.beside(50, 8)
        with left:
            layout.st.caption("the list")
        with right:
            layout.st.caption("its charts")

    app = play(script)
    (halves,) = app.get("button_group")
    assert halves.value == "List"
    halves.set_value("Charts").run()
    assert app.query_params["show"] == "Charts"
    assert [caption.value for caption in app.caption] == ["the list", "its charts"]


@pytest.mark.parametrize(
    ("rows", "charts", "place"),
    [
        (11, 8, "beside-List-few"),
        (12, 8, "beside-List-room-2"),
        (16, 8, "beside-List-room-2"),
        (17, 8, "beside-List-room-3"),
        (34, 8, "beside-List-room-6"),
        (35, 8, "beside-List"),
        (25, 5, "beside-List"),
    ],
)
def test_as_many_charts_stand_beside_a_list_as_it_is_high(
    rows: int, charts: int, place: str
) -> None:
    halves = play(lambda: layout.beside(rows, charts)).main[1]
    assert halves.proto.id.endswith(f"-{place}")


@pytest.mark.parametrize("opens", [layout.popover, layout.fold])
def test_what_opens_is_sent_once_it_has_been_opened_and_stays_when_it_closes(
    opens: Callable[[str, str, str], DeltaGenerator | None],
) -> None:
    def script() -> None:
        place = opens("Add", ":material/add:", "adding")
        if place is not None:
            place.text_input("Password", key="password")

    app = play(script)
    assert not app.text_input
    unfold(app, "adding").text_input(key="password").input("secret")
    assert fold(app, "adding").text_input(key="password").value == "secret"


def test_folds_of_one_name_are_opened_each_by_itself() -> None:
    def script() -> None:
        for key in ("one", "other"):
            place = layout.fold("Set by hand", None, key)
            if place is not None:
                place.text_input("Energy", key=f"energy {key}")

    app = unfold(play(script), "one")
    assert [field.key for field in app.text_input] == ["energy one"]


def test_what_closes_forgets_only_what_nobody_types() -> None:
    modules = {
        ".".join(module.relative_to(UI).with_suffix("").parts)
        for module in UI.rglob("*.py")
        if any(openings(module))
    }
    assert modules - {"frame.layout"} <= FORGOTTEN


def test_a_number_is_read_without_its_signs_and_apart_from_what_it_is_compared_with() -> None:
    one = layout.Number(
        "Tempo", "124", "BPM", "2 slower", colour="tempo", at=50.0, was=51.0, ends=("slow", "fast")
    )
    html = body(one)
    assert not {"s", "del", "em"} & set(re.findall(r"<(\w+)", html))  # which have roles
    read = re.sub(r'<span class="ends" aria-hidden="true">.*?</span></span>', "", html)
    assert re.sub(r"<[^>]*>", "", read).strip() == "Tempo124 BPM 2 slower"
