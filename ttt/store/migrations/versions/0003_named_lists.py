"""Named lists: several a person, with places, notes and tags"""

import sqlalchemy as sa
from alembic import op

revision = "0003_named_lists"
down_revision = "0002_values_with_a_source"
branch_labels = None
depends_on = None

_TRENDING_LISTS = """
INSERT INTO track_list (user_id, name, trending, access, created_at)
SELECT id, 'Trending', true, 'private', created_at FROM user_account
"""
_ENTRIES = """
INSERT INTO list_entry (list_id, track_id, position, added_at, added_by, tags, removed_at, removal)
SELECT track_list.id, track_id,
    row_number() OVER (PARTITION BY trending_entry.user_id ORDER BY added_at, trending_entry.id),
    added_at, trending_entry.user_id, '[]', removed_at, removal
FROM trending_entry JOIN track_list ON track_list.user_id = trending_entry.user_id
"""
_TRENDING_ENTRIES = """
INSERT INTO trending_entry (user_id, track_id, added_at, removed_at, removal)
SELECT track_list.user_id, track_id, added_at, removed_at, removal
FROM list_entry JOIN track_list ON track_list.id = list_id
WHERE trending ORDER BY list_id, position
"""


def upgrade() -> None:
    op.create_table(
        "track_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("trending", sa.Boolean(), nullable=False),
        sa.Column("access", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_track_list_trending",
        "track_list",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("trending"),
        postgresql_where=sa.text("trending"),
    )
    op.create_index("ix_track_list_user_id", "track_list", ["user_id"], unique=False)
    op.create_table(
        "list_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removal", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["user_account.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["list_id"], ["track_list.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("list_id", "track_id"),
    )
    op.create_index("ix_list_entry_added_at", "list_entry", ["added_at"], unique=False)
    op.create_index("ix_list_entry_added_by", "list_entry", ["added_by"], unique=False)
    op.create_index(
        "ix_list_entry_place", "list_entry", ["list_id", "removed_at", "position"], unique=False
    )
    op.create_index("ix_list_entry_removal", "list_entry", ["removal"], unique=False)
    op.create_index("ix_list_entry_track_id", "list_entry", ["track_id"], unique=False)
    op.execute(_TRENDING_LISTS)
    op.execute(_ENTRIES)
    op.drop_table("trending_entry")


def downgrade() -> None:
    op.create_table(
        "trending_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removal", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "track_id"),
    )
    op.create_index("ix_trending_entry_added_at", "trending_entry", ["added_at"], unique=False)
    op.create_index(
        "ix_trending_entry_newest",
        "trending_entry",
        ["user_id", "removed_at", "added_at"],
        unique=False,
    )
    op.create_index("ix_trending_entry_removal", "trending_entry", ["removal"], unique=False)
    op.create_index("ix_trending_entry_track_id", "trending_entry", ["track_id"], unique=False)
    op.execute(_TRENDING_ENTRIES)
    op.drop_table("list_entry")
    op.drop_table("track_list")
