"""Followed accounts that hide their plays are opened by a token"""

import sqlalchemy as sa
from alembic import op

revision = "0014_tokens_of_followed_accounts"
down_revision = "0013_files_of_own_values"
branch_labels = None
depends_on = None


def upgrade() -> None:
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("recorder")}
    # Databases that were made before 0007 was released have it from there.
    if "token_encrypted" not in there:
        op.add_column("recorder", sa.Column("token_encrypted", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("recorder", "token_encrypted")
