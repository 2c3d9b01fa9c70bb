"""Plays as they were told, where they come from, and tracks known by names only"""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007_plays"
down_revision = "0006_ways_into_an_account"
branch_labels = None
depends_on = None

_PARTITIONS = 16


def upgrade() -> None:
    with op.batch_alter_table("track") as batch:
        batch.alter_column("spotify_id", existing_type=sa.String(length=64), nullable=True)
        batch.add_column(sa.Column("identity", sa.String(length=64), nullable=True))
        batch.create_unique_constraint("uq_track_identity", ["identity"])
    op.add_column(
        "user_account",
        sa.Column("time_zone", sa.String(length=64), nullable=False, server_default=""),
    )
    # Somewhere else for each server, as ids of deleted accounts come back: see models/accounts.py.
    start = str(secrets.randbelow(2**30))
    op.add_column(
        "user_account",
        sa.Column("play_revision", sa.Integer(), nullable=False, server_default=start),
    )
    _make_plays()
    _make_uploads()
    _make_what_people_say_of_plays()
    _make_recorders()


def downgrade() -> None:
    for table in (
        "submit_token",
        "recorder",
        "recording",
        "hidden",
        "play_gap",
        "refused_play",
        "upload_member",
        "upload_part",
        "history_upload",
        "play_page",
        "play_again",
        "play",
    ):
        op.drop_table(table)
    op.drop_column("user_account", "play_revision")
    op.drop_column("user_account", "time_zone")
    op.execute("DELETE FROM track WHERE spotify_id IS NULL")
    with op.batch_alter_table("track") as batch:
        batch.drop_constraint("uq_track_identity", type_="unique")
        batch.drop_column("identity")
        batch.alter_column("spotify_id", existing_type=sa.String(length=64), nullable=False)


def _told() -> list[sa.Column[Any]]:
    return [
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=True),
        sa.Column("how", sa.SmallInteger(), nullable=False),
        sa.Column("device", sa.SmallInteger(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("upload_id", sa.Integer(), nullable=False),
    ]


def _owned(*key: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"]),
        sa.PrimaryKeyConstraint(*key),
    ]


def _make_plays() -> None:
    key = ("user_id", "told_at", "track_id", "source")
    op.create_table(
        "play",
        *_told(),
        sa.Column("counts", sa.SmallInteger(), nullable=False),
        *_owned(*key),
        sqlite_with_rowid=False,
        postgresql_partition_by="HASH (user_id)",
    )
    if op.get_bind().dialect.name == "postgresql":
        for number in range(_PARTITIONS):
            op.execute(
                f"CREATE TABLE play_{number} PARTITION OF play"
                f" FOR VALUES WITH (MODULUS {_PARTITIONS}, REMAINDER {number})"
            )
    op.create_index("ix_play_track_id", "play", ["track_id"])
    op.create_table("play_again", *_told(), *_owned(*key, "upload_id"), sqlite_with_rowid=False)
    op.create_index("ix_play_again_track_id", "play_again", ["track_id"])
    op.create_table(
        "play_page",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "year"),
        sqlite_with_rowid=False,
    )


def _make_uploads() -> None:
    op.create_table(
        "history_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("format", sa.String(length=40), nullable=True),
        sa.Column("source", sa.SmallInteger(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rows_expected", sa.Integer(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_history_upload_user_id", "history_upload", ["user_id"])
    op.create_index("ix_history_upload_state", "history_upload", ["state"])
    op.create_table(
        "upload_part",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["history_upload.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("upload_id", "number"),
    )
    op.create_table(
        "upload_member",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("blocks", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["history_upload.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("upload_id", "number"),
    )
    op.create_table(
        "refused_play",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["history_upload.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("upload_id", "member", "row"),
    )


def _make_what_people_say_of_plays() -> None:
    op.create_table(
        "play_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.SmallInteger(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_play_gap_user_id", "play_gap", ["user_id"])
    op.create_table(
        "hidden",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("artist", sa.String(length=500), nullable=True),
        sa.Column("album", sa.String(length=500), nullable=True),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.BigInteger(), nullable=True),
        sa.Column("until_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_hidden_user_id", "hidden", ["user_id"])
    op.create_index("ix_hidden_track_id", "hidden", ["track_id"])
    op.create_table(
        "recording",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("counts_as", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["counts_as"], ["track.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "track_id"),
    )
    op.create_index("ix_recording_track_id", "recording", ["track_id"])
    op.create_index("ix_recording_counts_as", "recording", ["counts_as"])


def _make_recorders() -> None:
    op.create_table(
        "recorder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("newest_at", sa.BigInteger(), nullable=True),
        sa.Column("oldest_at", sa.BigInteger(), nullable=True),
        sa.Column("past_is_read", sa.Boolean(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "kind", "account"),
    )
    op.create_index("ix_recorder_user_id", "recorder", ["user_id"])
    op.create_index("ix_recorder_next_at", "recorder", ["next_at"])
    op.create_table(
        "submit_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("playing", sa.JSON(), nullable=True),
        sa.Column("playing_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_submit_token_user_id", "submit_token", ["user_id"])
