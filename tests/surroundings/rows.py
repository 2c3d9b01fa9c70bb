"""A row in every table, so that what becomes of all of them can be seen."""

from sqlalchemy import Engine, inspect, text

NOW = "2026-11-22 12:00:00.000000"
# Real rows, as the first version wrote them.
USER = 7
ROWS = {
    "user_account": {"id": USER, "username": "ada", "name": "Ada", "password_hash": "$2b$12$x"},
    "track": {"id": 5, "spotify_id": "4uLU6hMCjMI75M1A2tKUQC", "title": "Song"},
}
# A value for each type whose name has the word, in this order.
OF_KIND: dict[str, object] = {
    "TIME": NOW,
    "DATE": NOW[:10],
    "INT": 1,
    "CHAR": "x",
    "TEXT": "x",
    "JSON": "[]",
    "BLOB": b"x",
    "BYTEA": b"x",
    "FLOAT": 0.5,
    "DOUBLE": 0.5,
    "BOOL": False,
}


def fill(engine: Engine, table: str, values: dict[str, object]) -> None:
    """Add a row; what it does not name gets something of its type."""
    row = dict(values)
    for column in inspect(engine).get_columns(table):
        if column["name"] in row or column["nullable"] or column["default"] is not None:
            continue
        kind = str(column["type"]).upper()
        row[column["name"]] = next(value for word, value in OF_KIND.items() if word in kind)
    names = ", ".join(row)
    with engine.begin() as connection:
        given = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({given})"), row)


def fill_all(engine: Engine) -> dict[str, int]:
    """Add a row to each table that has none, after those that it refers to; how many each has."""
    tables = inspect(engine)
    for table, _ in tables.get_sorted_table_and_fkc_names():
        if table is None or table == "alembic_version" or table.removeprefix("play_").isdigit():
            continue
        with engine.connect() as connection:
            if connection.execute(text(f"SELECT count(*) FROM {table}")).scalar():
                continue
        refers = {
            own: USER if theirs == "user_id" else ROWS.get(key["referred_table"], {}).get("id", 1)
            for key in tables.get_foreign_keys(table)
            for own, theirs in zip(key["constrained_columns"], key["referred_columns"], strict=True)
        }
        keys = dict.fromkeys(tables.get_pk_constraint(table)["constrained_columns"], 1)
        numbers = {
            column["name"]: keys[column["name"]]
            for column in tables.get_columns(table)
            if column["name"] in keys and "INT" in str(column["type"]).upper()
        }
        fill(engine, table, numbers | refers | ROWS.get(table, {}))
    return rows_of(engine)


def rows_of(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    names = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
    with engine.connect() as connection:
        counted = {n: connection.execute(text(f"SELECT count(*) FROM {n}")).scalar() for n in names}
    return {name: count or 0 for name, count in counted.items()}
