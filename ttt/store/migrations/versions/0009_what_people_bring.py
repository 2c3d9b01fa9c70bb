"""What files call tracks is their owners' alone; imports are kept, with names that wait"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009_what_people_bring"
down_revision = "0008_ranks_left_open"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_description",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("artists", sa.JSON(), nullable=False),
        sa.Column("album", sa.String(), nullable=True),
        sa.Column("release_date", sa.String(length=10), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("genres", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "track_id"),
    )
    op.create_index("ix_own_description_track_id", "own_description", ["track_id"])
    op.create_table(
        "list_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["list_id"], ["track_list.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_list_import_user_id", "list_import", ["user_id"])
    op.create_index("ix_list_import_list_id", "list_import", ["list_id"])
    op.create_table(
        "waiting_name",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=700), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("artist", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["list_import.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "row"),
    )
    _give_back_names()


def downgrade() -> None:
    op.drop_table("waiting_name")
    op.drop_table("list_import")
    op.drop_table("own_description")


# Tracks that an upload named for everybody; those of listening histories stay as they are.
_NAMED = (
    "track.described_by = 'upload' AND track.spotify_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM play WHERE play.track_id = track.id)"
)
# Whose upload it can have been, by track.
_HOLDERS = (
    "SELECT COALESCE(list_entry.added_by, track_list.user_id) AS user_id, list_entry.track_id"
    " FROM list_entry JOIN track_list ON track_list.id = list_entry.list_id"
    " UNION SELECT top_snapshot.user_id, top_entry.track_id"
    " FROM top_entry JOIN top_snapshot ON top_snapshot.id = top_entry.snapshot_id"
    " UNION SELECT personal_value.user_id, personal_value.track_id FROM personal_value"
)
_OWN = (
    "INSERT INTO own_description (user_id, track_id, observed_at, title, artists, album,"
    " release_date, duration_ms, genres) VALUES (:user_id, :track_id, :at, :title, :artists,"
    " :album, :release_date, :duration_ms, '[]')"
)


def _give_back_names() -> None:
    """What uploads called tracks for everybody becomes what those who saved them see."""
    connection = op.get_bind()
    held = connection.execute(
        sa.text(
            "SELECT holder.user_id, track.id AS track_id, track.title, track.album,"
            " track.release_date, track.duration_ms,"
            " COALESCE(track.described_at, CURRENT_TIMESTAMP) AS at"
            f" FROM ({_HOLDERS}) AS holder JOIN track ON track.id = holder.track_id"  # nosec B608  # constants
            f" WHERE {_NAMED}"
        )
    ).mappings()
    rows = [dict(row) for row in held]
    artists = _artists(connection)
    if rows:
        named = [r | {"artists": json.dumps(artists.get(r["track_id"], []))} for r in rows]
        connection.execute(sa.text(_OWN), named)
    ids = f"(SELECT track.id FROM track WHERE {_NAMED})"  # nosec B608  # constants
    connection.execute(sa.text(f"DELETE FROM track_artist WHERE track_id IN {ids}"))  # nosec B608  # constants
    connection.execute(
        sa.text(
            "UPDATE track SET title = NULL, album = NULL, release_date = NULL,"  # nosec B608  # constants
            " duration_ms = NULL, described_by = NULL, described_at = NULL"
            f" WHERE {_NAMED}"
        )
    )


def _artists(connection: sa.Connection) -> dict[int, list[str]]:
    names = connection.execute(
        sa.text(
            "SELECT track_artist.track_id, artist.name FROM track_artist"  # nosec B608  # constants
            " JOIN artist ON artist.id = track_artist.artist_id"
            " JOIN track ON track.id = track_artist.track_id"
            f" WHERE {_NAMED} ORDER BY track_artist.position"
        )
    )
    artists: dict[int, list[str]] = {}
    for track_id, name in names:
        artists.setdefault(track_id, []).append(name)
    return artists
