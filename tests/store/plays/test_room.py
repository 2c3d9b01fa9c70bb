"""What plays take on PostgreSQL right after they came in, with others before and behind them."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from tests.surroundings.databases import Postgres, opened
from ttt.store.plays.bulk import arriving
from ttt.store.plays.bulk.arriving import Arriving

ROWS, A_BLOCK, TRACKS = 60_000, 10_000, 1_000
_PEOPLE = """INSERT INTO user_account
    (id, username, name, email, password_hash, role, created_at, revision)
    SELECT n, 'p' || n, '', '', '', 'member', now(), 1 FROM generate_series(1, 200) n"""
# Three whose plays lie in one partition, by their ids.
_TOGETHER = """SELECT id FROM user_account WHERE satisfies_hash_partition(
    'play'::regclass, 16, 3, id) ORDER BY id LIMIT 3"""


@pytest.fixture
def engine(postgres: Postgres) -> Iterator[Engine]:
    with postgres.database() as url, opened(url) as engine:
        with engine.begin() as connection:
            connection.execute(text(_PEOPLE))
            tracks = f"SELECT n, 'One' FROM generate_series(1, {TRACKS}) n"
            connection.execute(text(f"INSERT INTO track (id, title) {tracks}"))
        yield engine


def bring(session: Session, user_id: int, told: range) -> None:
    """Plays of these times, as an import brings them: a block after the other."""
    times = np.fromiter(told, np.int64)
    for start in range(0, len(times), A_BLOCK):
        block = times[start : start + A_BLOCK]
        none = np.zeros(len(block), np.int64)
        tracks = block * 7919 % TRACKS + 1
        ms, one = none + 200_000, none + 1
        rows = Arriving(block, tracks, one, block, ms, none, one, none, one, one)
        arriving.bring(session, user_id, rows)
        arriving.keep(session, user_id, rows, arriving.compare(session, user_id, rows))
        session.commit()


def sizes(session: Session) -> dict[str, float]:
    """Bytes a play of the table and of each of its indexes."""
    connection = session.connection()
    found = connection.execute(
        text(
            "SELECT relname, pg_relation_size(relid) FROM pg_stat_user_tables"
            " WHERE relname = 'play_3' UNION ALL"
            " SELECT indexrelname, pg_relation_size(indexrelid) FROM pg_stat_user_indexes"
            " WHERE relname = 'play_3'"
        )
    ).all()
    plays = connection.execute(text("SELECT count(*) FROM play")).scalar_one()
    return {name: size / plays for name, size in found}


@pytest.mark.parametrize("among_others", [False, True])
def test_plays_take_little_room_right_after_they_came(engine: Engine, among_others: bool) -> None:
    with Session(engine) as session:
        first, middle, last = session.connection().execute(text(_TOGETHER)).scalars()
        if among_others:
            for user_id in (first, last):
                bring(session, user_id, range(0, 30 * ROWS, 600))
            bring(session, middle, range(0, 30 * ROWS, 1_500))
        bring(session, middle, range(1, 30 * ROWS, 30))
        found = sizes(session)
        assert session.connection().execute(text("SELECT count(*) FROM play")).scalar_one() >= ROWS
    assert found["play_3"] < 78
    assert found["play_3_pkey"] < 46
    assert sum(found.values()) < 142
