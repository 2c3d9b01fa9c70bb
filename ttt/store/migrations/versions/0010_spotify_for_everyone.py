"""Client IDs beside the environment's, and seats; whoever is connected sits where they are"""

import sqlalchemy as sa
from alembic import op

revision = "0010_spotify_for_everyone"
down_revision = "0009_what_people_bring"
branch_labels = None
depends_on = None

# Of the demo nobody needs a seat.
_SEAT_WHO_IS_CONNECTED = (
    "INSERT INTO spotify_seat (user_id, client_id, name, email, taken_at, connected_at)"
    " SELECT user_id, client_id, '', '', authorized_at, authorized_at FROM spotify_account"
    " WHERE client_id <> 'demo-client' AND token_encrypted IS NOT NULL"
    " AND LENGTH(client_id) <= 64"
)


def upgrade() -> None:
    op.create_table(
        "spotify_client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("secret_encrypted", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id"),
    )
    op.create_index("ix_spotify_client_client_id", "spotify_client", ["client_id"])
    op.create_table(
        "spotify_seat",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_index("ix_spotify_seat_client_id", "spotify_seat", ["client_id"])
    op.add_column("oauth_state", sa.Column("client_id", sa.String(), nullable=True))
    op.execute(_SEAT_WHO_IS_CONNECTED)


def downgrade() -> None:
    op.drop_column("oauth_state", "client_id")
    op.drop_table("spotify_seat")
    op.drop_table("spotify_client")
