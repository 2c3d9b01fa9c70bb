"""What a browser tells of what was chosen; it may tell anything."""

from typing import Any

import pytest

from ttt.ui.figures.choosing import Event


def test_clicked_marks_are_told_by_what_they_stand_for() -> None:
    told = {"what": "key", "points": ["8B"], "more": True}

    assert Event.read(told) == Event("key", ("8B",), more=True)


def test_a_box_is_told_by_its_ends() -> None:
    told = {"what": "map", "box": {"x": [0.1, 0.5], "y": [0.9, 0.2]}}

    assert Event.read(told) == Event("map", box=((0.1, 0.5), (0.9, 0.2)))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"points": "8B", "box": None},
        {"points": None, "box": []},
        {"points": {}, "box": {"x": [1, 2]}},
        {"box": {"x": [1], "y": [1, 2]}, "more": 1},
        {"box": {"x": "12", "y": "12"}},
    ],
)
def test_what_is_muddled_chooses_nothing(told: dict[str, Any]) -> None:
    event = Event.read(told)

    assert event.points == ()
    assert event.box is None
    assert not event.more
