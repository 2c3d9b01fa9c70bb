"""A figure that is shown again and again."""

import plotly.graph_objects as go
import plotly.io

from ttt.charts.still import Still


def test_a_still_figure_is_told_as_the_figure_itself() -> None:
    figure = go.Figure({"data": [{"type": "bar", "x": [1, 2], "y": [3, 4]}]}, {"height": 190})
    still = Still(figure)
    assert plotly.io.to_json(still.to_dict(), validate=False) == plotly.io.to_json(figure)


def test_a_still_figure_is_worked_out_once_and_stays_as_it_was() -> None:
    figure = go.Figure({"data": [{"type": "bar", "y": [3, 4]}]})
    still = Still(figure)
    told = still.to_dict()
    figure.data = []
    assert still.to_dict() is told
    assert len(told["data"]) == 1
