"""Plays take less room on PostgreSQL, and keys of before the person was in front of them go

PostgreSQL begins a column of eight bytes at a multiple of eight, one of four at one of four: widest
first, a play has no gaps in it. Processes of the version before go on beside this one, as they name
the columns that they read and write.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016_plays_take_less_room"
down_revision = "0015_keys_begin_with_the_person"
branch_labels = None
depends_on = None

_PARTITIONS = 16
_KEY = ("user_id", "told_at", "track_id", "source")
_FORMER = ("top_snapshot", "top_entry", "list_entry", "upload_part")
_FILLED_IN = ("top_entry", "list_entry", "upload_part")


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        # Who is about to write waits; who reads does not, until the tables change places.
        op.execute("LOCK TABLE user_account, track, play, play_again IN SHARE ROW EXCLUSIVE MODE")
        _widest_first("play", _KEY, sa.Column("counts", sa.SmallInteger(), nullable=False))
        _widest_first("play_again", (*_KEY, "upload_id"))
    for table in _FORMER:
        op.drop_index(f"ix_{table}_former", table)
    for table in _FILLED_IN:
        on = f" ON {table}" if on_postgresql else ""
        op.execute(f"DROP TRIGGER former_{table}{on}")
        if on_postgresql:
            op.execute(f"DROP FUNCTION former_{table}()")


def downgrade() -> None:
    raise NotImplementedError("The way back is the copy from before: python -m ttt db restore")


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=True),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.SmallInteger(), nullable=False),
        sa.Column("how", sa.SmallInteger(), nullable=False),
        sa.Column("device", sa.SmallInteger(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
    ]


def _widest_first(table: str, key: tuple[str, ...], *more: sa.Column[Any]) -> None:
    """Copy a table into one with its columns in another order; its keys are made when it is full.

    Each person's plays come to lie together, in the order in which they were told.
    """
    columns = [*_columns()[:-1], *more, _columns()[-1]]
    spread: dict[str, Any] = (
        {"postgresql_partition_by": "HASH (user_id)"} if table == "play" else {}
    )
    op.create_table("anew", *columns, **spread)
    parts = range(_PARTITIONS) if spread else ()
    for part in parts:
        op.execute(
            f"CREATE TABLE anew_{part} PARTITION OF anew"
            f" FOR VALUES WITH (MODULUS {_PARTITIONS}, REMAINDER {part})"
        )
    names = ", ".join(column.name for column in columns)
    op.execute(f"INSERT INTO anew ({names}) SELECT {names} FROM {table} ORDER BY {', '.join(key)}")  # nosec B608  # constants
    op.drop_table(table)
    op.rename_table("anew", table)
    for part in parts:
        op.rename_table(f"anew_{part}", f"{table}_{part}")
    op.create_primary_key(f"{table}_pkey", table, list(key))
    op.create_index(f"ix_{table}_track_id", table, ["track_id"])
    op.create_foreign_key(
        f"{table}_user_id_fkey", table, "user_account", ["user_id"], ["id"], ondelete="CASCADE"
    )
    op.create_foreign_key(f"{table}_track_id_fkey", table, "track", ["track_id"], ["id"])
