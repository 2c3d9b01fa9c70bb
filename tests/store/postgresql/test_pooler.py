"""Through PgBouncer each transaction may run on another connection of PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from tests.operations import pooler
from tests.surroundings.databases import Postgres
from tests.surroundings.outages import Outages, outages
from ttt.store import engine as store_engine

__all__ = ["outages"]
QUERY = text("SELECT username FROM user_account WHERE id = :id")
OFTEN = 8  # psycopg prepares what it has seen five times


@contextmanager
def engine_for(url: str, *, pooled: bool) -> Iterator[Engine]:
    engine = store_engine.make(url, pooled=pooled)
    yield engine
    engine.dispose()


def ask(engine: Engine) -> None:
    with engine.begin() as connection:
        for number in range(OFTEN):
            connection.execute(QUERY, {"id": number}).all()


def test_nothing_is_prepared_that_another_connection_would_not_know(postgres: Postgres) -> None:
    def prepared(engine: Engine) -> int:
        ask(engine)
        with engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")
            return int(found.scalar_one())

    with postgres.database() as url:
        with engine_for(url, pooled=False) as engine:
            assert prepared(engine) == 1
        with engine_for(url, pooled=True) as engine:
            assert prepared(engine) == 0


@pytest.mark.skipif(not pooler.there(), reason="no PgBouncer here")
def test_many_ask_at_once_through_pgbouncer(outages: Outages) -> None:
    with (
        pooler.pooled(outages.url, connections=3) as url,
        engine_for(url, pooled=True) as engine,
        ThreadPoolExecutor(8) as threads,
    ):
        for done in [threads.submit(ask, engine) for _ in range(100)]:
            done.result()
