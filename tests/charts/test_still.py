import pytest

from ttt.charts.still import Still


def test_a_figure_goes_to_the_browser_as_it_is_told_and_is_read_as_plotly_reads_it() -> None:
    figure = Still([{"type": "bar", "x": [1, 2], "y": [3, 4]}], {"height": 90})
    assert figure.to_dict()["data"] == [{"type": "bar", "x": [1, 2], "y": [3, 4]}]
    assert (figure.layout.height, figure.data[0].y) == (90, (3, 4))
    assert figure.to_dict()["data"][0]["y"] == [3, 4]
    with pytest.raises(AttributeError):
        figure.nothing_of_this_name  # noqa: B018
