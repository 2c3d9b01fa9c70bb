from datetime import date

import pytest

from tests.services.plays.histories import ZONES, History, made_up
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import between, everything, latest, of_month, of_year

TODAY = date(2018, 11, 28)
SPANS = [
    latest("4w", TODAY),
    latest("6m", TODAY),
    latest("1y", TODAY),
    everything(date(2016, 5, 20), TODAY),
    of_year(2017, TODAY),
    of_month(2018, 3, TODAY),
    between(date(2016, 11, 20), date(2017, 1, 15), TODAY),
]


@pytest.fixture(scope="session", params=ZONES[:2])
def history(request: pytest.FixtureRequest) -> History:
    return made_up(seed=ZONES.index(request.param), zone=request.param)


@pytest.fixture(scope="session")
def frame(history: History) -> Frame:
    return history.frame


@pytest.fixture(scope="session", params=SPANS, ids=lambda span: span.key)
def span(request: pytest.FixtureRequest) -> Span:
    found: Span = request.param
    return found
