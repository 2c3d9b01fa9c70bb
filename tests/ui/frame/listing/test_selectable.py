from collections.abc import Sequence

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import play, select
from ttt.ui.frame.listing import selectable


def shown(rows: Sequence[str], ticked: Sequence[int] | None = None) -> tuple[AppTest, list[int]]:
    """A table of one column, and the places that the newest run found selected."""
    selected: list[int] = []

    def run() -> None:
        frame = pd.DataFrame({"Title": rows})
        selected[:] = selectable.show(frame, {}, "table", rows, ticked=ticked)

    return play(run), selected


def test_nothing_is_selected_at_first() -> None:
    assert shown(["Dust", "Sand"])[1] == []


def test_what_is_ticked_is_selected_at_first_and_can_be_changed() -> None:
    app, selected = shown(["Dust", "Sand", "Dune"], ticked=[0, 2])
    assert selected == [0, 2]
    select(app, 1)
    assert selected == [1]


def test_a_selection_beyond_the_rows_is_left_out() -> None:
    app, selected = shown(["Dust", "Sand"])
    select(app, 1, 2)
    assert selected == [1]


@pytest.mark.parametrize("others", [["Sand", "Dust"], ["Dust"], ["Dust", "Dune"]])
def test_a_selection_holds_for_the_same_rows_only(others: list[str]) -> None:
    key = shown(["Dust", "Sand"])[0].dataframe[0].key
    assert shown(["Dust", "Sand"])[0].dataframe[0].key == key
    assert shown(others)[0].dataframe[0].key != key
