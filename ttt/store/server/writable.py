"""Whether the database takes writes: a standby, for example, does not."""

from sqlalchemy import Engine


def is_writable(engine: Engine) -> bool:
    """Whether PostgreSQL takes writes; on SQLite the folder tells."""
    if engine.dialect.name != "postgresql":
        return True
    with engine.connect() as connection:
        shown = connection.exec_driver_sql("SHOW transaction_read_only").scalar_one()
        return bool(shown == "off")
