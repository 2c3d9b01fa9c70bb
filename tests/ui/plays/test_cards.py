"""Which file a browser gets for what it told; it may tell anything."""

from base64 import b64decode
from typing import Any

import pytest

from ttt.ui.plays.parts import cards
from ttt.ui.plays.parts.cards import File


def _never() -> bytes:
    raise AssertionError("A file that nobody asked for was made.")


FILES = (
    File("Picture", "a.png", "image/png", lambda: b"\x89\xff"),
    File("SVG", "a.svg", "", _never),
)


def test_the_file_that_was_asked_for_is_made_and_no_other() -> None:
    answer = cards.answer(FILES, {"file": "a.png", "at": 1234})

    assert answer is not None
    assert b64decode(answer.pop("body")) == b"\x89\xff"
    assert answer == {"at": 1234, "name": "a.png", "kind": "image/png"}


@pytest.mark.parametrize(
    "told",
    [
        None,
        "a.png",
        ["a.png"],
        {},
        {"file": "a.png"},
        {"file": "a.png", "at": "1"},
        {"file": "b.png", "at": 1},
        {"file": ["a.png"], "at": 1},
        {"at": 1},
    ],
)
def test_what_is_muddled_gets_no_file(told: Any) -> None:
    assert cards.answer(FILES, told) is None
