"""A figure that is shown again and again."""

from typing import Any

from plotly.basedatatypes import BaseFigure


class Still(BaseFigure):  # type: ignore[misc]
    """A figure as it was when it was drawn: what goes to the browser is worked out once.

    Plotly copies a figure in depth each time it is shown, which takes longer than the rest
    of showing it.
    """

    def __init__(self, figure: BaseFigure) -> None:
        # Not BaseFigure's own, which would build the figure anew.
        object.__setattr__(self, "_told", figure.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain data, which must not be changed."""
        told: dict[str, Any] = object.__getattribute__(self, "_told")
        return told

    def __repr__(self) -> str:
        return f"Still({len(self.to_dict()['data'])} traces)"
