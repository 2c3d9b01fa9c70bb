"""What is chosen on the charts of a list: by clicks, with shift, by a drag, and back."""

import pytest

from tests.ui.conftest import play
from ttt.services.tracks.marking import Box, Marked
from ttt.ui.figures.choosing import Event
from ttt.ui.tracks import chosen

FIRST, SECOND = (0.2, 0.3), (0.5, 0.6)


def after(*events: Event) -> Marked:
    """What is chosen after these, on a page on which nothing was."""
    told: list[Marked] = []

    def page() -> None:
        for event in events:
            chosen.take(event)
        told.append(chosen.now().marked)

    app = play(page)
    assert not app.exception
    return told[-1]


def bar(*bars: tuple[float, float], more: bool = False) -> Event:
    return Event("energy", (*map(list, bars),), more=more)


def test_a_click_chooses_one_and_another_click_another() -> None:
    assert after(bar(FIRST)).spans == {"energy": [FIRST]}
    assert after(bar(FIRST), bar(SECOND)).spans == {"energy": [SECOND]}
    assert tuple(after(Event("key", ("8B",)), Event("key", ("9B",))).codes) == ("9B",)


def test_a_click_on_what_is_chosen_takes_it_back() -> None:
    assert not after(bar(FIRST), bar(FIRST))
    assert not after(Event("key", ("8B",)), Event("key", ("8B",)))


def test_shift_adds_to_what_is_chosen_and_takes_one_away() -> None:
    assert after(bar(SECOND), bar(FIRST, more=True)).spans == {"energy": [FIRST, SECOND]}
    both = bar(SECOND), bar(FIRST, more=True)
    assert after(*both, bar(SECOND, more=True)).spans == {"energy": [FIRST]}


def test_charts_choose_beside_each_other() -> None:
    marked = after(bar(FIRST), Event("key", ("8B",)))

    assert marked.spans == {"energy": [FIRST]}
    assert tuple(marked.codes) == ("8B",)


def test_a_drag_chooses_a_part_of_the_map_rounded_outwards_and_within_it() -> None:
    marked = after(Event("map", box=((0.50049, 0.10051), (-0.2, 1.3))))

    assert marked.box == Box((0.1, 0.501), (0.0, 1.0))
    assert not after(Event("map", box=((0.1, 0.5), (0.1, 0.5))), Event("map"))


@pytest.mark.parametrize(
    "event",
    [
        Event("price", ("8B",)),
        Event("energy", ("x", None, [1], [1, 2, 3], ["a", "b"])),
        Event("key", (7, None, ["8B"])),
        Event("map", box=(("a", "b"), (None, {}))),
    ],
)
def test_what_no_chart_could_tell_chooses_nothing(event: Event) -> None:
    assert not after(event)
