import json
from collections.abc import Iterator
from typing import Any, get_args

import plotly.graph_objects as go
import pytest
from plotly.utils import PlotlyJSONEncoder

from ttt.charts.still import Still
from ttt.charts.theme import Theme, ThemeName
from ttt.charts.theme import theme as named


@pytest.fixture(params=get_args(ThemeName))
def theme(request: pytest.FixtureRequest) -> Theme:
    return named(request.param)


@pytest.fixture(autouse=True)
def checked_by_plotly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is drawn is what Plotly would make of it: it goes to the browser unchecked."""
    drawn: list[dict[str, Any]] = []
    make = Still.__init__

    def noting(figure: Still, *parts: Any) -> None:
        make(figure, *parts)
        drawn.append(figure.to_dict())

    monkeypatch.setattr(Still, "__init__", noting)
    yield
    for told in drawn:
        assert _as_sent(told) == _as_sent(go.Figure(told).to_dict())


def _as_sent(told: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(json.dumps(told, cls=PlotlyJSONEncoder))
    sent["layout"] = {name: value for name, value in sent["layout"].items() if value != []}
    return sent
