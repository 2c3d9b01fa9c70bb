"""What plays take in a database, with all that is kept of them and their indexes."""

from sqlalchemy import text

from ttt.services.context import Context

_TABLES = ("play", "play_again", "told_identity", "play_page", "play_change")
_ON_SQLITE = """
    SELECT sum(pgsize) FROM dbstat WHERE name IN
    (SELECT name FROM sqlite_schema WHERE tbl_name IN ({tables}))
"""
_ON_POSTGRESQL = """
    SELECT sum(pg_total_relation_size(relid))
    FROM (VALUES {tables}) AS t (name), LATERAL pg_partition_tree(name::regclass)
    UNION ALL
    SELECT sum(pg_total_relation_size(name::regclass)) FROM (VALUES {tables}) AS t (name)
"""


def bytes_a_play(context: Context) -> float:
    """Bytes on disk for each told play, all tables of plays and their indexes together."""
    on_postgresql = context.engine.dialect.name == "postgresql"
    tables = ", ".join(f"('{name}')" if on_postgresql else f"'{name}'" for name in _TABLES)
    query = (_ON_POSTGRESQL if on_postgresql else _ON_SQLITE).format(tables=tables)
    with context.session() as session:
        sizes = session.connection().execute(text(query)).scalars()
        plays = session.connection().execute(text("SELECT count(*) FROM play")).scalar_one()
        # A table in partitions has no size of its own.
        return float(sum(size or 0 for size in sizes)) / float(plays)
