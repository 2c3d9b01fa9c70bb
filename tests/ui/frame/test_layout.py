import ast
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
