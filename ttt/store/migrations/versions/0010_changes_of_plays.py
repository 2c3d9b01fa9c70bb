"""When plays changed is noted, so that only those times are judged anew"""

import sqlalchemy as sa
from alembic import op

revision = "0010_changes_of_plays"
down_revision = "0009_what_people_bring"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "play_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("judged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_play_change_user_id", "play_change", ["user_id"])


def downgrade() -> None:
    op.drop_table("play_change")
