from dataclasses import replace

import pytest

from tests.surroundings.outages import Outages, outages
from ttt.errors import StoreAway
from ttt.services.context import Context
from ttt.services.server.waiting import wait_for_database
from ttt.store import engine as store_engine

__all__ = ["outages"]


def test_a_database_that_comes_late_is_waited_for(outages: Outages, context: Context) -> None:
    there = replace(context, engine=store_engine.connect(outages.url))
    there.engine.dispose()
    outages.stop()
    told: list[str] = []
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            outages.start()

    wait_for_database(there, told.append, sleep)
    assert told == ["Waiting up to 60 seconds for the database."]
    assert len(waits) == 3


def test_one_that_does_not_come_is_given_up_on(context: Context) -> None:
    away = store_engine.connect("postgresql+psycopg://me@127.0.0.1:1/ttt")
    settings = context.settings.model_copy(update={"database_wait": 2.5})
    waits: list[float] = []
    told: list[str] = []
    with pytest.raises(StoreAway):
        wait_for_database(
            replace(context, engine=away, settings=settings),
            told.append,
            waits.append,
            clock=lambda: float(len(waits)),
        )
    assert waits == [1.0, 1.0, 1.0]
    assert len(told) == 1


def test_a_file_is_there_or_is_made(context: Context) -> None:
    wait_for_database(context, told=pytest.fail)
