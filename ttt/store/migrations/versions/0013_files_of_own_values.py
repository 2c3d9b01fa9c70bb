"""What became of files with values of one's own is kept"""

import sqlalchemy as sa
from alembic import op

revision = "0013_files_of_own_values"
down_revision = "0012_changes_of_plays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("partly", sa.JSON(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_own_import_user_id", "own_import", ["user_id"])


def downgrade() -> None:
    op.drop_table("own_import")
