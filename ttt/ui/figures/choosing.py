"""What people choose on the figures of a page, by clicks and drags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import streamlit as st

_HERE = Path(__file__).parent
Ends = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """What was chosen on a figure: the `customdata` of marks, or the ends of a box on its axes.

    Nothing is chosen when both are empty; `more` means beside what was chosen before.
    """

    what: str
    points: tuple[Any, ...] = ()
    box: tuple[Ends, Ends] | None = None
    more: bool = False

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """What the browser told; what it has left out or muddled is empty."""
        points, box = told.get("points"), told.get("box")
        return cls(
            str(told.get("what", "")),
            tuple(points) if isinstance(points, list) else (),
            _box(box) if isinstance(box, Mapping) else None,
            told.get("more") is True,
        )


def listen(key: str, take: Callable[[Event], None]) -> None:
    """Take what is chosen on the page's figures, whichever they are, before its next run."""

    def chosen() -> None:
        told = (st.session_state.get(key) or {}).get("chosen")
        if isinstance(told, Mapping):
            take(Event.read(told))

    _element()(key=key, data={}, on_chosen_change=chosen)


def _box(told: Mapping[str, Any]) -> tuple[Ends, Ends] | None:
    x, y = told.get("x"), told.get("y")
    if not (isinstance(x, list) and isinstance(y, list) and len(x) == len(y) == 2):
        return None
    return (x[0], x[1]), (y[0], y[1])


@cache
def _element() -> Any:
    # Read when it is first drawn: importing a module does nothing.
    return st.components.v2.component(
        "choosing", js=(_HERE / "choosing.js").read_text(encoding="utf-8")
    )
