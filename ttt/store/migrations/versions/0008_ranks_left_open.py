"""How long a snapshot of top tracks is, so that ranks which could not be read stay open

Features of tracks that Spotify could not analyse, which it gives as zero, go.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_ranks_left_open"
down_revision = "0007_plays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "top_snapshot", sa.Column("length", sa.Integer(), nullable=False, server_default="0")
    )
    # Until now ranks closed up, so what was kept counts as whole.
    op.execute(
        "UPDATE top_snapshot SET length = (SELECT count(*) FROM top_entry"
        " WHERE top_entry.snapshot_id = top_snapshot.id)"
    )
    op.execute(
        "DELETE FROM audio_features WHERE valence = 0 AND danceability = 0 AND tempo IS NULL"
    )


def downgrade() -> None:
    op.drop_column("top_snapshot", "length")
