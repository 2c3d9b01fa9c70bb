"""A name that waits for Spotify keeps what else its row says of its track."""

import sqlalchemy as sa
from alembic import op

revision = "0018_what_waiting_rows_say"
down_revision = "0017_letters_with_their_marks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waiting_name", sa.Column("said", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("waiting_name", "said")
