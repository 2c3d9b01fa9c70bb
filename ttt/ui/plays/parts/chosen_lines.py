"""Which lines of ranks are drawn: the first ten of a chart, or those that somebody chose."""

import streamlit as st

from ttt.chartdata import Chart, Of
from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import tops
from ttt.ui.frame import address, layout
from ttt.ui.plays.parts import finding

_NAME, _BETWEEN = "lines", "|"
# More lines than the chart has places cannot be followed.
_MOST = 10


def keys(frame: Frame, of: Of) -> tuple[int, ...]:
    """What the address names, as far as it was played; none for the first ten."""
    return tuple(_chosen(frame, of).values())


def choose(frame: Frame, of: Of, chart: Chart) -> None:
    """Let lines be chosen of what is on the chart; those that were chosen on others stay."""
    chosen = _chosen(frame, of)
    label = f"Lines · {len(chosen)} chosen" if chosen else "Choose lines"
    place = layout.popover(label, ":material/show_chart:", "lines", quiet=True, name="Lines")
    if place is None:
        return
    options = chosen | {finding.called(frame, of, row.key): row.key for row in chart.rows}
    st.session_state["chosen lines"] = list(chosen)
    place.multiselect(
        "Lines",
        list(options),
        format_func=lambda one: _titled(frame, of, options[one]),
        max_selections=_MOST,
        placeholder=f"Draw the lines of other {of}",
        label_visibility="collapsed",
        key="chosen lines",
        on_change=_keep,
    )


def _chosen(frame: Frame, of: Of) -> dict[str, int]:
    told = address.of_page([_NAME]).get(_NAME, "").split(_BETWEEN)[:_MOST]
    found = ((name, finding.key(frame, of, name)) for name in told if name)
    return {name: key for name, key in found if key is not None}


def _titled(frame: Frame, of: Of, key: int) -> str:
    title, subtitle, _ = tops.named(frame, of, key)
    return f"{title} · {subtitle}" if subtitle else title


def _keep() -> None:
    address.keep({_NAME: _BETWEEN.join(st.session_state["chosen lines"])})
