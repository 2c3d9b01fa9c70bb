from typing import get_args

import pytest

from ttt.chartdata import Caption
from ttt.charts.theme import Theme, ThemeName
from ttt.charts.theme import theme as named


@pytest.fixture(params=get_args(ThemeName))
def theme(request: pytest.FixtureRequest) -> Theme:
    return named(request.param)


@pytest.fixture(scope="session")
def caption() -> Caption:
    return Caption("", "", "")
