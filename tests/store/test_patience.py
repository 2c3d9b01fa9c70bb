"""A connection gives up on an answer after its patience, or after the time that was asked for."""

from typing import Any

import psycopg
import pytest
from psycopg.errors import _WaitTimeout

from ttt.store.patience import PatientConnection


class Hanging(PatientConnection):
    """It is never answered."""

    def __init__(self) -> None:
        self.closed_by_us = False

    def close(self) -> None:
        self.closed_by_us = True

    def __del__(self, *_: object) -> None:
        """There is nothing to be closed."""


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float | None]]:
    """How often and how long the driver was told to look."""
    waits: list[tuple[float, float | None]] = []

    def wait(_self: object, _gen: Any, interval: float, timeout: float | None) -> None:
        waits.append((interval, timeout))
        raise _WaitTimeout

    monkeypatch.setattr(psycopg.Connection, "wait", wait)
    return waits


def test_the_server_has_two_seconds_to_end_by_itself_what_takes_too_long() -> None:
    assert PatientConnection.GRACE == 2


def test_it_is_closed_when_its_own_patience_ends(
    hanging: list[tuple[float, float | None]],
) -> None:
    connection = Hanging()
    connection.patience = 2.5
    with pytest.raises(psycopg.OperationalError, match="did not answer within 2 seconds"):
        connection.wait(None)
    assert hanging == [(0.1, 2.5)]
    assert connection.closed_by_us


def test_whoever_asks_for_a_time_hears_that_it_is_over(
    hanging: list[tuple[float, float | None]],
) -> None:
    connection = Hanging()
    connection.patience = 2.5
    with pytest.raises(_WaitTimeout):
        connection.wait(None, timeout=0.5)
    assert hanging == [(0.1, 0.5)]
    assert not connection.closed_by_us
