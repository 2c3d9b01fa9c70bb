import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.delta_generator import DeltaGenerator

from tests.ui.conftest import fold, play, unfold
from ttt.ui.frame import layout

# Pixels of two charts, of three, of all four; so many rows are 72 and 56 each.
HEIGHTS = {2: 650, 3: 900, 4: 1150}
UI = Path(layout.__file__).parents[1]
_OPENED = {"expander", "popover"}
# What opens there and is let go of when it closes: things to read, and answers of Spotify's that
# would be asked for again with each run.
FORGOTTEN = {
    *("imports.getting", "imports.receipts", "imports.uncertain"),
    *("plays.own_charts", "plays.panel", "tracks.panels", "work.imports"),
    *("spotify.player", "spotify.own_playlists"),
}


def openings(module: Path) -> Iterator[ast.Call]:
    """Folds and popovers that a module looks after itself."""
    for node in ast.walk(ast.parse(module.read_text())):
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in _OPENED:
            continue
        if any(given.arg == "on_change" for given in node.keywords):
            yield node


def test_the_half_that_a_phone_shows_stands_in_the_address() -> None:
    def script() -> None:
        left, charts = layout.beside(50, HEIGHTS)
        left.caption("the list")
        charts.aside.caption("its charts")

    app = play(script)
    (halves,) = app.get("button_group")
    assert halves.value == "List"
    halves.set_value("Charts").run()
    assert app.query_params["show"] == "Charts"
    assert [caption.value for caption in app.caption] == ["the list", "its charts"]


@pytest.mark.parametrize(
    ("rows", "room", "columns"),
    [(0, 0, 2), (11, 0, 2), (12, 2, 2), (13, 3, 1), (16, 3, 1), (18, 4, 0), (500, 4, 0)],
)
def test_as_many_charts_stand_beside_a_list_as_are_about_as_high(
    rows: int, room: int, columns: int
) -> None:
    def script() -> None:
        layout.st.text(str(layout.beside(rows, HEIGHTS)[1].room))

    app = play(script)
    halves = app.main[1]
    assert app.text[0].value == str(room)
    assert halves.proto.id.endswith("-beside-List" if room else "-beside-List-few")
    assert halves.children[0].children[1].children[1].proto.id.endswith(f"-below-{columns}")


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
