"""What is large can be spread over machines by person, shown by PostgreSQL's partitions."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from tests.surroundings.databases import Postgres, opened
from ttt.models import User

# Rows of these come with plays, with each day's top lists, with what people save and with files;
# PostgreSQL takes a column to spread by only from the key.
LARGE = (
    *("play", "play_again", "play_page", "recording", "told_identity"),
    *("own_description", "personal_value"),
    *("top_snapshot", "top_entry", "list_entry", "upload_part"),
)
# What belongs to nobody: a reference table on every machine, or on one alone.
OF_NOBODY = {
    *("artist", "track", "track_artist", "track_genre", "name_match", "lookup"),
    *("audio_features", "popularity", "reach_value"),
    *("chart_snapshot", "chart_entry"),  # people's own at Last.fm as well: 50 a day for 90 days
    *("server_setting", "service_block", "service_day", "service_trouble"),
    *("user_account", "audit_event", "failed_try"),  # these two are pruned
}
# A few rows a person, however long they are here: what they made, typed, brought or sent by hand,
# and what ends by itself.
FEW = {
    *("user_session", "sign_in_ticket", "known_browser", "one_time_link", "recovery_code"),
    *("openid_identity", "openid_state", "oauth_state", "spotify_account", "spotify_client"),
    *("spotify_seat", "lastfm_account", "agreement", "recap_link", "submit_token", "recorder"),
    *("relay", "waiting_listen"),  # what waits goes within minutes, and has a bound
    *("track_list", "list_import", "waiting_name", "sent_playlist", "sent_row"),
    *("history_upload", "upload_member", "refused_play", "own_import", "hidden"),
    *("play_gap", "play_change"),  # one for all that was judged, until the night
}
PEOPLE, PARTS = 200, 4
FILLED = {
    "play": """INSERT INTO play
        (user_id, told_at, track_id, source, started_at, how, device, upload_id, counts)
        SELECT person, 1700000000 + n, 1, 1, 1700000000 + n, 0, 0, 1, 1
        FROM generate_series(1, :people) person, generate_series(1, 20) n""",
    "personal_value": """INSERT INTO personal_value
        (user_id, track_id, field, source, observed_at, value)
        SELECT person, 1, 'energy', 'hand', now(), 0.5 FROM generate_series(1, :people) person""",
    "top_snapshot": """INSERT INTO top_snapshot (user_id, period, taken_at, length)
        SELECT person, 'long_term', now(), 2 FROM generate_series(1, :people) person""",
    "top_entry": """INSERT INTO top_entry (user_id, snapshot_id, rank, track_id)
        SELECT user_id, id, rank, 1 FROM top_snapshot, generate_series(1, 2) rank""",
    "list_entry": """INSERT INTO list_entry
        (user_id, list_id, track_id, position, added_at, tags)
        SELECT user_id, id, 1, 1, now(), '[]' FROM track_list""",
    "upload_part": """INSERT INTO upload_part (user_id, upload_id, number, data)
        SELECT user_id, id, number, 'x' FROM history_upload, generate_series(0, 2) number""",
}
LISTS = """INSERT INTO track_list (user_id, name, trending, access, created_at)
    SELECT n, 'Trending', true, 'private', now() FROM generate_series(1, :people) n"""
UPLOADS = """INSERT INTO history_upload
    (user_id, name, size, received, options, state, created_at, rows, counts, runs)
    SELECT n, 'my.zip', 3, 3, '{}', 'waiting', now(), 0, '{}', 1
    FROM generate_series(1, :people) n"""


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
            for statement in (LISTS, UPLOADS, *FILLED.values()):
                connection.execute(text(statement), {"people": PEOPLE})
        yield engine


def rows(connection: Connection, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statement), values)]


def test_every_table_is_large_or_known_to_stay_small_or_nobodys() -> None:
    # Whoever adds a table decides which; a large one gets its person in front of its key.
    groups = [set(LARGE), OF_NOBODY, FEW]
    assert sum(map(len, groups)) == len(set().union(*groups))
    assert set().union(*groups) == set(User.metadata.tables)


def test_the_key_of_every_large_table_begins_with_the_person(database: Engine) -> None:
    tables, there = User.metadata.tables, inspect(database)
    for name in LARGE:
        said = [column.name for column in tables[name].primary_key]
        assert said[0] == "user_id"
        assert there.get_pk_constraint(name)["constrained_columns"] == said


def test_what_is_large_refers_to_what_belongs_to_somebody_together_with_the_person() -> None:
    tables = User.metadata.tables
    owned = {name for name, table in tables.items() if "user_id" in table.columns}
    for name in LARGE:
        for key in tables[name].foreign_key_constraints:
            assert key.referred_table.name not in owned or key.column_keys[0] == "user_id"


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


def spread(connection: Connection, table: str) -> str:
    """The same table with the same rows in partitions by person, by the name of it."""
    made = f"{table}_spread"
    connection.execute(
        text(f"CREATE TABLE {made} (LIKE {table} INCLUDING ALL) PARTITION BY HASH (user_id)")
    )
    for part in range(PARTS):
        connection.execute(
            text(
                f"CREATE TABLE {made}_{part} PARTITION OF {made}"
                f" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
            )
        )
    connection.execute(text(f"INSERT INTO {made} SELECT * FROM {table}"))
    return made


@pytest.mark.parametrize("table", LARGE)
def test_every_large_table_can_be_spread_as_it_is(database: Engine, table: str) -> None:
    with database.begin() as connection:
        made = spread(connection, table)
        everybody = "SELECT user_id, count(*) FROM {} GROUP BY 1 ORDER BY 1"
        assert rows(connection, everybody.format(made)) == rows(connection, everybody.format(table))
        used = rows(connection, f"SELECT count(DISTINCT tableoid) FROM {made}")
    assert used == ([(PARTS,)] if table in FILLED else [(0,)])


def test_tables_that_are_spread_refer_to_each_other(database: Engine) -> None:
    with database.begin() as connection:
        snapshots, entries = spread(connection, "top_snapshot"), spread(connection, "top_entry")
        connection.execute(
            text(
                f"ALTER TABLE {entries} ADD FOREIGN KEY (user_id, snapshot_id)"
                f" REFERENCES {snapshots} (user_id, id) ON DELETE CASCADE"
            )
        )
        connection.execute(text(f"DELETE FROM {snapshots} WHERE user_id = 7"))
        left = rows(connection, f"SELECT count(*), count(DISTINCT user_id) FROM {entries}")
        plan = rows(
            connection,
            f"EXPLAIN SELECT rank FROM {entries} WHERE user_id = 8 AND snapshot_id = 8",
        )
    assert left == [(2 * (PEOPLE - 1), PEOPLE - 1)]
    assert sum(f" on {entries}_" in line for (line,) in plan) == 1
