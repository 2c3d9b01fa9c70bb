"""What is chosen of a list, with filters and on charts: kept in the address, shown as chips."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from ttt.music import Measure
from ttt.services.tracks import choice
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.marking import Box, Marked, Span
from ttt.services.tracks.rows import TrackRow
from ttt.ui.figures.choosing import Ends, Event
from ttt.ui.frame import address, notices

_CLEAR = -1
_MARKS = -2
_MEASURES = {measure.value for measure in Measure}
M = TypeVar("M")


def now() -> Choice:
    """What is chosen on the page that is open."""
    return choice.read(address.of_page(choice.NAMES))


def keep(wanted: Choice) -> None:
    """Choose this and nothing else."""
    address.keep(choice.written(wanted), choice.NAMES)


def chips(wanted: Choice, every: int, left: int) -> None:
    """What is chosen, each to be taken away by a click; `left` of `every` tracks are marked."""
    said = wanted.chips() if not wanted.marked else replace(wanted, marked=Marked()).chips()
    names = {place: notices.plain(chip.words) for place, chip in enumerate(said)}
    if wanted.marked:
        names[_MARKS] = f"{left:,} of {every:,} chosen on the charts"
    if not names:
        return

    def take() -> None:
        pressed = st.session_state["chips"]
        st.session_state["chips"] = None
        if pressed == _CLEAR:
            keep(Choice())
        elif pressed == _MARKS:
            keep(replace(wanted, marked=Marked()))
        elif pressed is not None:
            keep(replace(said[pressed].without, marked=wanted.marked))

    shown = {place: f"{name} :gray[take away]" for place, name in names.items()}
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


def take(event: Event) -> None:
    """Choose what was marked on a chart: on the map, the wheel of keys, or bars of a measure."""
    wanted = now()
    keep(replace(wanted, marked=_marked(wanted.marked, event)))


def _marked(marked: Marked, event: Event) -> Marked:
    if event.what == "map":
        return replace(marked, box=_box(event.box))
    if event.what == "key":
        codes = [point for point in event.points if isinstance(point, str)]
        return replace(marked, codes=_turned(marked.codes, codes, event.more))
    if event.what not in _MEASURES:
        return marked
    measure = Measure(event.what)
    bars = _turned(marked.spans.get(measure, ()), list(_bars(event.points)), event.more)
    spans = {m: s for m, s in marked.spans.items() if m != measure}
    return replace(marked, spans={**spans, measure: sorted(bars)} if bars else spans)


def _turned(before: Sequence[M], picked: Sequence[M], more: bool) -> tuple[M, ...]:
    """What is chosen after some were picked: alone or beside the others; one is taken back."""
    if not more:
        return () if [*before] == [*picked] else tuple(picked)
    return (*(one for one in before if one not in picked), *(p for p in picked if p not in before))


def _bars(points: Sequence[Any]) -> Iterator[Span]:
    for point in points:
        with suppress(TypeError, ValueError):
            low, high = point
            yield float(low), float(high)


def _box(told: tuple[Ends, Ends] | None) -> Box | None:
    if told is None:
        return None
    try:
        # Rounded as the address is, outwards: what lay in the box lies in it after a reload.
        (left, right), (low, high) = (sorted(map(float, ends)) for ends in told)
    except (TypeError, ValueError):
        return None
    return Box((_down(left), _up(right)), (_down(low), _up(high)))


def _down(number: float) -> float:
    return max(0.0, int(number * 1000) / 1000)


def _up(number: float) -> float:
    return min(1.0, -int(-number * 1000 // 1) / 1000)
