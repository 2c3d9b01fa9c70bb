"""Public charts with their snapshots, play counts at Last.fm, and names matched to tracks"""

import sqlalchemy as sa
from alembic import op

revision = "0004_charts_and_matches"
down_revision = "0003_named_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_match",
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("spotify_id", sa.String(length=64), nullable=True),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name_hash"),
    )
    op.create_table(
        "lastfm_account",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("unknown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "chart_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chart", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_chart_snapshot_latest", "chart_snapshot", ["chart", "user_id", "taken_at"])
    op.create_table(
        "chart_entry",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("artist", sa.String(), nullable=False),
        sa.Column("isrc", sa.String(length=12), nullable=True),
        sa.Column("plays", sa.Float(), nullable=True),
        sa.Column("cover_url", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot_id"], ["chart_snapshot.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("snapshot_id", "rank"),
    )


def downgrade() -> None:
    op.drop_table("chart_entry")
    op.drop_table("chart_snapshot")
    op.drop_table("lastfm_account")
    op.drop_table("name_match")
