"""How many rows of Spotify's last list of plays could not be read"""

import sqlalchemy as sa
from alembic import op

revision = "0019_rows_that_cannot_be_read"
down_revision = "0018_what_waiting_rows_say"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Processes of the version before add recorders without it.
    unread = sa.Column("unread", sa.Integer(), nullable=False, server_default="0")
    op.add_column("recorder", unread)


def downgrade() -> None:
    op.drop_column("recorder", "unread")
