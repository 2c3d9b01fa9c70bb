"""The parts of the page of a person's own charts."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt import words
from ttt.chartdata import By, Chart, Of, Reigns, Step
from ttt.charts.plays import race as race_figure
from ttt.charts.plays import rank_lines
from ttt.services.plays.frame import Span
from ttt.services.plays.measures.charts import chart as charting
from ttt.services.plays.measures.charts import lines, race
from ttt.ui.frame import address
from ttt.ui.plays import panel, rows
from ttt.ui.plays.choices import Chosen
from ttt.ui.plays.history import History
from ttt.ui.plays.panel import Panel
from ttt.ui.plays.parts import chosen_lines

_STEPS = (Step.WEEK, Step.MONTH)
_LONG = 16  # rows, which take the room of the lines and of both lists of five below these
_RANKED = (Of.TRACKS, Of.ARTISTS, Of.ALBUMS)


@dataclass(frozen=True, slots=True)
class Shown:
    """The chart that is shown: of which week or month, of what, counted how."""

    history: History
    starts: tuple[date, ...]
    at: date
    step: Step
    of: Of
    by: By
    span: Span

    @property
    def stamp(self) -> tuple[object, ...]:
        """Tells all that the chart looks at."""
        return (self.history.stamp, self.at, self.step, self.of, self.by)

    @property
    def last(self) -> date:
        """Last day of the week or month, which may lie ahead."""
        return _last(self.at, self.step)


def _last(start: date, step: Step) -> date:
    if step is Step.WEEK:
        return start + timedelta(days=6)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def shown(history: History, chosen: Chosen) -> Shown:
    """What the address asks for; the latest whole week of its time where it names none."""
    told = address.of_page(["step", "at", "of"])
    step = Step.MONTH if told.get("step") == Step.MONTH else Step.WEEK
    of = next((each for each in _RANKED if each == told.get("of")), Of.TRACKS)
    span = chosen.span(history)
    every = charting.steps_with_charts(history.frame, step)
    inside = [n for n in every if n <= span.last and _last(n, step) >= span.first]
    starts = tuple(inside) or (min(span.last, history.today),)
    named = next((start for start in starts if start.isoformat() == told.get("at")), None)
    # The newest has only begun, unless the time that is shown ended before today.
    usual = min(1, len(starts) - 1) if _last(starts[0], step) >= history.today else 0
    return Shown(history, starts, named or starts[usual], step, of, chosen.by, span)


def line(view: Shown) -> str:
    """Which chart it is."""
    return f"{_name(view.at, view.step)} · {len(view.starts)} {view.step}s with music"


def choose(view: Shown) -> None:
    """The week or month, with buttons to its neighbours, and what is ranked."""
    place = view.starts.index(view.at)
    _step_button("Earlier", ":material/chevron_left:", view, place + 1)
    st.session_state["chart at"] = view.at
    st.selectbox(
        "Chart",
        view.starts,
        format_func=lambda start: _name(start, view.step),
        label_visibility="collapsed",
        width=230,
        key="chart at",
        on_change=lambda: address.keep({"at": st.session_state["chart at"].isoformat()}),
    )
    _step_button("Later", ":material/chevron_right:", view, place - 1)
    address.choice("step", "Charts of", _STEPS, view.step, "chart step")
    address.choice("of", "Ranked", _RANKED, view.of, "chart of")


def _step_button(label: str, icon: str, view: Shown, place: int) -> None:
    there = 0 <= place < len(view.starts)
    st.button(
        label,
        icon=icon,
        help=label,
        disabled=not there,
        key=f"chart {label}",
        on_click=(lambda: address.keep({"at": view.starts[place].isoformat()})) if there else None,
    )


@lru_cache(maxsize=4_000)
def _name(start: date, step: Step) -> str:
    if step is Step.MONTH:
        return words.month(start)
    end = date.fromordinal(start.toordinal() + 6)
    return f"Week {start.isocalendar().week} · {words.days(start, end)}"


def lines_of_ranks(view: Shown) -> None:
    """How the first ten got there, or others that were chosen."""
    frame = view.history.frame
    keys = chosen_lines.keys(frame, view.of) or None
    # Lines of the first ten are named by the rows beside them, where those are beside them.
    with st.container(key="lines-chosen" if keys else "lines-first"):
        ranks = panel.chart(
            f"Twelve {view.step}s",
            (*view.stamp, keys),
            lambda: lines.lines(frame, view.at, view.of, view.by, view.step, keys=keys),
            rank_lines.figure,
            tracks=frame.tracks,
        )
        panel.show(ranks)
    chosen_lines.choose(frame, view.of, _chart(view))


def chart(view: Shown) -> Chart:
    """The chart itself."""
    data = _chart(view)
    name = f"The chart of the {view.step}"
    tracks = view.history.frame.tracks
    shown = rows.chart(data, tracks, view.by is By.MINUTES)
    panel.show(panel.listed(name, data, shown, tracks=tracks))
    return data


def _chart(view: Shown) -> Chart:
    return panel.measured(
        ("chart", *view.stamp),
        lambda: charting.chart(view.history.frame, view.at, view.of, view.by, view.step),
    )


def is_long(chart: Chart) -> bool:
    """Whether the chart is so long that lines alone leave a hole beside it."""
    return len(chart.rows) >= _LONG


def reigns(view: Shown, hole: DeltaGenerator | None = None) -> None:
    """Who led, and what stayed, in the time that is shown; in the `hole` if there is one."""
    kinds = (("Number ones", lines.number_ones), ("Longest on the chart", lines.longest))
    shown = [[_reigns(view, name, measure)] for name, measure in kinds]
    with hole or nullcontext():
        panel.beside(*shown, shape="lines-rows")


def _reigns(view: Shown, name: str, measure: Callable[..., Reigns]) -> Panel[Reigns]:
    frame, span = view.history.frame, view.span
    data = panel.measured(
        (name, *view.stamp, span.key), lambda: measure(frame, span, view.of, view.by, view.step)
    )
    shown = rows.reigns(data.rows, view.of, frame.tracks, view.step)
    return panel.listed(name, data, shown, tracks=frame.tracks)


def all_race(view: Shown) -> None:
    """A race through the time that is shown, made when somebody opens it."""
    place = st.expander("A race through the years", icon=":material/sprint:", on_change="rerun")
    if not place.open:
        return
    with place:
        still = st.toggle("Without motion: only the slider moves it", key="still race")
        drawn = panel.chart(
            "Race",
            (view.history.stamp, view.of, view.by, view.span.key),
            lambda: race.race(view.history.frame, view.span, view.of, view.by),
            race_figure.figure,
            still=still,
        )
        panel.show(drawn)
