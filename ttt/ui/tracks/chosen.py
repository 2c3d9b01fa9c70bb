"""What is chosen of a list, with filters and on charts: kept in the address, shown as chips."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from ttt.music import Measure
from ttt.services.tracks import choice
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.choosing import Box, Chosen
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import address, notices

_CLEAR = -1
_MARKS = -2
_TURN = "marks taken away"


def now() -> Choice:
    """What is chosen on the page that is open."""
    return choice.read(address.of_page(choice.NAMES))


def keep(wanted: Choice) -> None:
    """Choose this and nothing else."""
    address.keep(choice.written(wanted), choice.NAMES)


def turn() -> int:
    """Part of the keys of charts: what was taken away elsewhere is not marked there any more."""
    return int(st.session_state.get(_TURN, 0))


def chips(wanted: Choice, every: int, left: int) -> None:
    """What is chosen, each to be taken away by a click; `left` of `every` tracks are marked."""
    said = wanted.chips() if not wanted.marked else replace(wanted, marked=Chosen()).chips()
    names = {place: notices.plain(chip.words) for place, chip in enumerate(said)}
    if wanted.marked:
        names[_MARKS] = f"{left} of {every} chosen on the charts"
    if not names:
        return

    def take() -> None:
        pressed = st.session_state["chips"]
        st.session_state["chips"] = None
        st.session_state[_TURN] = turn() + 1
        if pressed == _CLEAR:
            keep(Choice())
        elif pressed == _MARKS:
            keep(replace(wanted, marked=Chosen()))
        elif pressed is not None:
            keep(replace(said[pressed].without, marked=wanted.marked))

    shown = {place: f"{name} :material/close:" for place, name in names.items()}
    st.pills(
        "Chosen",
        [*shown, _CLEAR],
        format_func=lambda place: shown.get(place, "Clear"),
        label_visibility="collapsed",
        width="content",
        key="chips",
        on_change=take,
    )


def stop_when_empty(rows: Sequence[TrackRow]) -> None:
    """End the page with what to do when no track of a list fits."""
    if not rows:
        st.info("No track of this list fits. Take a filter away, or choose another genre.")
        st.stop()


def on_chart(what: str, key: str) -> Callable[[], None]:
    """What a chart does when something is marked on it: "map", "key" or a measure."""

    def take() -> None:
        wanted = now()
        marked = _marked(wanted.marked, what, st.session_state[key]["selection"])
        keep(replace(wanted, marked=marked))

    return take


def to_draw(wanted: Choice, what: str, key: str) -> Chosen:
    """The marks that a chart has to draw: those of others, and its own unless it shows them."""
    marked = wanted.marked
    if not _has_marks(key):
        return marked
    if what == "map":
        return replace(marked, box=None)
    if what == "key":
        return replace(marked, codes=())
    return replace(marked, spans={m: s for m, s in marked.spans.items() if m != what})


def _has_marks(key: str) -> bool:
    """Whether a chart that is open shows marks by itself, because they were made on it."""
    event = st.session_state.get(key) or {"selection": {"points": []}}
    return bool(event["selection"]["points"] or event["selection"].get("box"))


def _marked(marked: Chosen, what: str, selection: Any) -> Chosen:
    points = [point["customdata"] for point in selection["points"]]
    if what == "map":
        return replace(marked, box=_box(selection["box"]) if points else None)
    if what == "key":
        # What is marked already is taken away, where the chart does not do so by itself.
        return replace(marked, codes=() if points == [*marked.codes] else tuple(points))
    spans = {m: s for m, s in marked.spans.items() if m != what}
    bars = sorted({(float(low), float(high)) for low, high in points})
    if not bars or bars == [*marked.spans.get(Measure(what), ())]:
        return replace(marked, spans=spans)
    return replace(marked, spans={**spans, Measure(what): bars})


def _box(boxes: Sequence[Any]) -> Box | None:
    if not boxes:
        return None
    # Rounded as the address is, outwards: what lay in the box lies in it after a reload.
    (left, right), (low, high) = sorted(boxes[0]["x"]), sorted(boxes[0]["y"])
    return Box((_down(left), _up(right)), (_down(low), _up(high)))


def _down(number: float) -> float:
    return max(0.0, int(number * 1000) / 1000)


def _up(number: float) -> float:
    return min(1.0, -int(-number * 1000 // 1) / 1000)
