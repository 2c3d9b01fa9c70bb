"""When plays changed is noted, and what histories call tracks is their owners' alone"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012_changes_of_plays"
down_revision = "0011_shown_to_others"
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
    _give_back_names()


def downgrade() -> None:
    op.drop_table("play_change")


# Tracks that a listening history named for everybody.
_NAMED = "track.described_by = 'upload' AND track.spotify_id IS NOT NULL"
_PLAYED = (
    "SELECT DISTINCT play.user_id, track.id AS track_id, track.title, track.album,"
    " COALESCE(track.described_at, CURRENT_TIMESTAMP) AS at"
    f" FROM track JOIN play ON play.track_id = track.id WHERE {_NAMED}"  # nosec B608  # constants
)
_ARTISTS = (
    "SELECT track_artist.track_id, artist.name FROM track_artist"  # nosec B608  # constants
    " JOIN artist ON artist.id = track_artist.artist_id"
    f" JOIN track ON track.id = track_artist.track_id WHERE {_NAMED}"
    " ORDER BY track_artist.track_id, track_artist.position"
)
_OWN = (
    "INSERT INTO own_description (user_id, track_id, observed_at, title, artists, album, genres)"
    " VALUES (:user_id, :track_id, :at, :title, :artists, :album, '[]')"
    " ON CONFLICT (user_id, track_id) DO NOTHING"
)


def _give_back_names() -> None:
    """What a history called tracks for everybody becomes what those who played them see."""
    connection = op.get_bind()
    artists: dict[int, list[str]] = {}
    for track_id, name in connection.execute(sa.text(_ARTISTS)):
        artists.setdefault(track_id, []).append(name)
    rows = [
        dict(row) | {"artists": json.dumps(artists.get(row["track_id"], []))}
        for row in connection.execute(sa.text(_PLAYED)).mappings()
    ]
    if rows:
        connection.execute(sa.text(_OWN), rows)
    named = f"SELECT id FROM track WHERE {_NAMED}"  # nosec B608  # constants
    connection.execute(sa.text(f"DELETE FROM track_artist WHERE track_id IN ({named})"))  # nosec B608  # constants
    connection.execute(
        sa.text(
            "UPDATE track SET title = NULL, album = NULL, described_by = NULL, described_at = NULL"  # nosec B608  # constants
            f" WHERE {_NAMED}"
        )
    )
