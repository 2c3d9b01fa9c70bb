"""Which recordings people's sources say that their tracks are"""

import sqlalchemy as sa
from alembic import op

revision = "0020_recordings_as_told"
down_revision = "0019_rows_that_cannot_be_read"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told_identity",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.SmallInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("isrc", sa.String(length=12), nullable=True),
        sa.Column("mbid", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "track_id", "upload_id", "source", "told_at"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_told_identity_track_id", "told_identity", ["track_id"])


def downgrade() -> None:
    op.drop_table("told_identity")
