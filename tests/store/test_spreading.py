"""What grows with plays can be spread over machines by person, shown by PostgreSQL's partitions."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from tests.databases import Postgres, opened
from ttt.models import User

# Rows of these come with plays; PostgreSQL takes a column to spread by only from the key.
LARGE = ("play", "play_again", "play_page", "recording", "own_description", "personal_value")
PEOPLE, PARTS = 200, 4
FILLED = {
    "play": """INSERT INTO play
        (user_id, told_at, track_id, source, started_at, how, device, upload_id, counts)
        SELECT person, 1700000000 + n, 1, 1, 1700000000 + n, 0, 0, 1, 1
        FROM generate_series(1, :people) person, generate_series(1, 20) n""",
    "personal_value": """INSERT INTO personal_value
        (user_id, track_id, field, source, observed_at, value)
        SELECT person, 1, 'energy', 'hand', now(), 0.5 FROM generate_series(1, :people) person""",
}


@pytest.fixture
def database(postgres: Postgres) -> Iterator[Engine]:
    """People, a track, and what they played of it."""
    with postgres.database() as url, opened(url) as engine:
        with engine.begin() as connection:
            connection.execute(
                text(
                    """INSERT INTO user_account
                    (id, username, name, email, password_hash, role, created_at, revision)
                    SELECT n, 'p' || n, '', '', '', 'member', now(), 1
                    FROM generate_series(1, :people) n"""
                ),
                {"people": PEOPLE},
            )
            connection.execute(text("INSERT INTO track (id, title) VALUES (1, 'One')"))
            for statement in FILLED.values():
                connection.execute(text(statement), {"people": PEOPLE})
        yield engine


def rows(connection: Connection, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statement), values)]


def test_the_key_of_every_large_table_begins_with_the_person() -> None:
    tables = User.metadata.tables
    assert {name: next(iter(tables[name].primary_key)).name for name in LARGE} == dict.fromkeys(
        LARGE, "user_id"
    )


def test_plays_lie_in_partitions_and_those_of_one_person_in_one(database: Engine) -> None:
    with database.connect() as connection:
        found = rows(
            connection,
            "SELECT tableoid::regclass::text, count(DISTINCT user_id) FROM play GROUP BY 1",
        )
        parts = rows(
            connection,
            "SELECT count(DISTINCT tableoid) FROM play GROUP BY user_id",
        )
        plan = rows(connection, "EXPLAIN SELECT * FROM play WHERE user_id = 7")
    assert len(found) == 16
    assert sum(people for _, people in found) == PEOPLE
    assert parts == [(1,)] * PEOPLE
    assert len({word for (line,) in plan for word in line.split() if word.startswith("play_")}) <= 2


@pytest.mark.parametrize("table", LARGE)
def test_every_large_table_can_be_spread_as_it_is(database: Engine, table: str) -> None:
    with database.begin() as connection:
        connection.execute(
            text(f"CREATE TABLE spread (LIKE {table} INCLUDING ALL) PARTITION BY HASH (user_id)")
        )
        for part in range(PARTS):
            connection.execute(
                text(
                    f"CREATE TABLE spread_{part} PARTITION OF spread"
                    f" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
                )
            )
        connection.execute(text(f"INSERT INTO spread SELECT * FROM {table}"))
        everybody = "SELECT user_id, count(*) FROM {} GROUP BY 1 ORDER BY 1"
        assert rows(connection, everybody.format("spread")) == rows(
            connection, everybody.format(table)
        )
        used = rows(connection, "SELECT count(DISTINCT tableoid) FROM spread")
    assert used == ([(PARTS,)] if table in FILLED else [(0,)])
