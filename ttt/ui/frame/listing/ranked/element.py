"""The element that draws a ranked list, and what people did in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from ttt.ui.frame import notices
from ttt.ui.frame.listing import elements
from ttt.ui.frame.listing.ranked.shape import Action, Column, Line, Receipt, Row, as_data, which

AT_FIRST = 50
_AT_ONCE = 400  # rows that are asked for in one go, as each of them is drawn
_HERE = Path(__file__).parent
Look = Literal["long", "long plain", "short", "short plain"]


@dataclass(frozen=True, slots=True)
class Doing:
    """What happens when a row's button is pressed: to the row of this key, on or off."""

    press: Callable[[str, bool], None]
    undo: Callable[[str], None] | None = None
    action: Action = field(default_factory=Action)


@dataclass(frozen=True, slots=True)
class Style:
    """How a list is called and looks: "short" rows are those of a few tracks beside each other,
    and "plain" ones have no places.

    Where the rows answer what is typed into a `field` of that name, Enter there presses the button
    of the first that is not taken, and Down leads into the list.
    """

    label: str = "Tracks"
    head: str = "Track"
    look: Look = "long"
    ticks: bool = True
    field: str | None = None


def ticked(key: str) -> list[str]:
    """Keys of the rows that are ticked in a list, in the order shown; known before it is drawn."""
    return list(st.session_state.get(_ticks(key), {}).get("keys", ()))


def tick(key: str, keys: Iterable[str]) -> None:
    """Tick these rows of a list and no others."""
    state = st.session_state.setdefault(_ticks(key), {})
    state.update(keys=list(keys), turn=state.get("turn", 0) + 1)


def settle(key: str, rows: Sequence[Row], all_of_them: bool = False) -> list[str]:
    """Ticks that hold for these rows: of other rows than before those that are still there.

    With `all_of_them`, rows that were not shown before are all ticked.
    """
    state = st.session_state.setdefault(_ticks(key), {})
    now = which(rows)
    if state.get("rows") != now:
        here, kept = [row.key for row in rows], set(state.get("keys", ()))
        stay = () if state.get("all") else (one for one in here if one in kept)
        tick(key, here if all_of_them else stay)
        state.update(rows=now, all=all_of_them)
    return ticked(key)


def choose_none(key: str) -> None:
    """Offer to tick no row of a list."""
    label, icon = "Choose none", ":material/close:"
    st.button(label, icon=icon, type="tertiary", on_click=tick, args=(key, ()))


def show(
    rows: Sequence[Row],
    columns: Sequence[Column],
    key: str,
    style: Style | None = None,
    doing: Doing | None = None,
    receipt: Receipt | None = None,
) -> None:
    """Draw rows, the first fifty until more are asked for; ask `ticked` what is ticked."""
    shown = rows[: st.session_state.get(_room(key), AT_FIRST)]
    state = st.session_state.get(_ticks(key), {})
    _element()(
        key=key,
        data={
            **asdict(style or Style()),
            "ticked": state.get("keys", []),
            "turn": state.get("turn", 0),
            "which": state.get("rows"),
            "columns": [asdict(column) for column in columns],
            "rows": [as_data(row) for row in shown],
            "total": len(rows),
            "worst": max((len(rows), *_places(shown))),
            "action": asdict(doing.action) if doing else None,
            "receipt": asdict(receipt) if receipt else None,
        },
        on_ticked_change=lambda: _ticked(key),
        on_more_change=lambda: _more(key),
        on_pressed_change=lambda: _pressed(key, doing),
        on_undone_change=lambda: _undone(key, doing),
    )


def _places(rows: Sequence[Row]) -> list[int]:
    """All places that lines go through: of a few rows they may lie beyond the last one."""
    lines = [cell for row in rows for cell in row.cells if isinstance(cell, Line)]
    return [place for line in lines for place in line.places if place is not None]


def _ticked(key: str) -> None:
    told = _told(key, "ticked") or {}
    state = st.session_state.setdefault(_ticks(key), {})
    # Of rows that are gone meanwhile the browser knows nothing yet.
    if told.get("rows") == state.get("rows"):
        state["keys"] = [str(each) for each in told.get("keys", ())]


def _more(key: str) -> None:
    room = st.session_state.get(_room(key), AT_FIRST)
    st.session_state[_room(key)] = room + min(room, _AT_ONCE)


def _pressed(key: str, doing: Doing | None) -> None:
    told = _told(key, "pressed")
    if doing is not None and told:
        with notices.told():
            doing.press(str(told["key"]), bool(told["on"]))
            return
        # The browser showed it as done already.
        tick(key, ticked(key))


def _undone(key: str, doing: Doing | None) -> None:
    told = _told(key, "undone")
    if doing is not None and doing.undo is not None and told:
        doing.undo(str(told))


def _told(key: str, name: str) -> Any:
    return (st.session_state.get(key) or {}).get(name)


def _ticks(key: str) -> str:
    return f"ticks of {key}"


def _room(key: str) -> str:
    return f"rows of {key}"


@cache
def _element() -> Any:
    # Read when the first list is drawn: importing a module does nothing.
    return st.components.v2.component(
        "ranked",
        html='<div class="ranked"></div>\n',
        css=(_HERE / "ranked.css").read_text(encoding="utf-8"),
        js=elements.script(_HERE / "rows.js", _HERE / "ranked.js"),
    )
