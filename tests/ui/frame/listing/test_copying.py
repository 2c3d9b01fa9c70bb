"""What people take elsewhere is text beside a button, and brings nothing else."""

import ast
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import html, to_copy

ROOT = Path(__file__).parents[4]


def shown() -> None:
    from ttt.ui.frame.listing import copying

    copying.show("one <b>\ntwo", 'key of "R&B"')


def test_text_stands_as_it_is_beside_a_button_that_is_named_for_it() -> None:
    app = AppTest.from_function(shown).run()
    assert to_copy(app) == ["one <b>\ntwo"]
    assert 'aria-label="Copy the key of &quot;R&amp;B&quot;"' in html(app)[0]


def test_no_page_brings_the_colours_of_code() -> None:
    modules = [*(ROOT / "ttt/ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    calls = {
        f"{module.name}: {node.func.attr}"
        for module in modules
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert "copying.py: html" in calls
    assert [call for call in calls if call.endswith((": code", ": json", ": echo"))] == []
