"""A figure as plain data."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import plotly.graph_objects as go


class Still(go.Figure):  # type: ignore[misc]
    """A figure that goes to the browser as it is told; it is not changed afterwards.

    Plotly checks each property and copies all of them in depth, which is more than all the rest of
    drawing a chart. Here it does so when somebody looks into the figure, as every test does.
    """

    def __init__(
        self,
        traces: list[dict[str, Any]],
        layout: dict[str, Any],
        frames: Sequence[dict[str, Any]] = (),
    ) -> None:
        # Without a template Plotly copies one of its own, 7 kB, into each figure.
        told = {"data": traces, "layout": {"template": _no_template()} | layout}
        if frames:
            told["frames"] = list(frames)
        object.__setattr__(self, "_told", told)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain data, which must not be changed."""
        told: dict[str, Any] = object.__getattribute__(self, "_told")
        return told

    def __getattr__(self, name: str) -> Any:
        """What Plotly makes of the figure, made when the first of it is asked for."""
        if name == "_told" or "_data_objs" in self.__dict__:
            raise AttributeError(name)
        for own, made in go.Figure(self.to_dict()).__dict__.items():
            object.__setattr__(self, own, made)
        return object.__getattribute__(self, name)

    def __repr__(self) -> str:
        return f"Still({len(self.to_dict()['data'])} traces)"


@cache
def _no_template() -> dict[str, Any]:
    template: dict[str, Any] = go.Figure(layout={"template": "none"}).to_dict()["layout"][
        "template"
    ]
    return template
