from datetime import date

import pytest

from tests.services.plays.histories import History, made_up
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import everything

TODAY = date(2018, 11, 28)


@pytest.fixture(scope="session")
def history() -> History:
    return made_up(seed=2)


@pytest.fixture(scope="session")
def frame(history: History) -> Frame:
    return history.frame


@pytest.fixture(scope="session")
def span() -> Span:
    return everything(date(2016, 5, 20), TODAY)
