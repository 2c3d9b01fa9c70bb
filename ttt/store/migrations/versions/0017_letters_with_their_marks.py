"""What is kept by a name knows か from が, и from й, and the vowels of Thai and Hindi

Their marks were taken away as accents are, and capitals in ornament (𝕊) were others than S. Tracks
that are known by names only get the key of today; two that come to the same one stay two, as charts
count them together in any case. Which tracks names were matched to is forgotten where it can be
wrong, and found again when it is asked. What was one track until today because of it stays one:
nobody knows any more which play was whose.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from ttt import names

revision = "0017_letters_with_their_marks"
down_revision = "0016_plays_take_less_room"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_track = sa.table("track", *map(sa.column, ("id", "spotify_id", "identity", "title")))
_artist = sa.table("artist", *map(sa.column, ("id", "name")))
_credit = sa.table("track_artist", *map(sa.column, ("track_id", "artist_id", "position")))
_match = sa.table("name_match", *map(sa.column, ("name_hash", "spotify_id")))


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        # Who is about to add a track or a name waits, who reads does not.
        op.execute("LOCK TABLE track, name_match IN SHARE ROW EXCLUSIVE MODE")
    _key_anew(connection)
    _forget_matches(connection)


def downgrade() -> None:
    raise NotImplementedError("The way back is the copy from before: python -m ttt db restore")


def _key_anew(connection: sa.Connection) -> None:
    by_names = _track.c.identity.is_not(None)
    marked = {i: names.identity(title, by) for i, title, by in _marked(connection, by_names)}
    # Keys are there once, and that of one can be what another had until now.
    _set(connection, {i: f"once more {i}" for i in marked})
    first = {identity: i for i, identity in reversed(marked.items())}
    for some in _some(first):
        query = sa.select(_track.c.identity).where(_track.c.identity.in_(some))
        for (taken,) in connection.execute(query):
            del first[taken]
    _set(connection, {i: identity for identity, i in first.items()})


def _set(connection: sa.Connection, identities: dict[int, str]) -> None:
    update = sa.update(_track).values(identity=sa.bindparam("to"))
    query = update.where(_track.c.id == sa.bindparam("of"))
    if identities:
        connection.execute(query, [{"of": i, "to": key} for i, key in identities.items()])


def _forget_matches(connection: sa.Connection) -> None:
    matched = _track.c.spotify_id.in_(sa.select(_match.c.spotify_id))
    found = [i for i, _, _ in _marked(connection, matched)]
    for some in _some(found):
        those = sa.select(_track.c.spotify_id).where(_track.c.id.in_(some))
        connection.execute(sa.delete(_match).where(_match.c.spotify_id.in_(those)))


def _marked(
    connection: sa.Connection, which: sa.ColumnElement[bool]
) -> Iterator[tuple[int, str, list[str]]]:
    """Id, title and artists of the tracks whose names are others today."""
    query = (
        sa.select(_track.c.id, _track.c.title, _artist.c.name)
        .outerjoin(_credit, _credit.c.track_id == _track.c.id)
        .outerjoin(_artist, _artist.c.id == _credit.c.artist_id)
        .where(which, _track.c.title.is_not(None))
        .order_by(_track.c.id, _credit.c.position)
    )
    rows = connection.execute(query, execution_options={"yield_per": 10_000})
    for (track_id, title), credited in groupby(rows, lambda row: (row[0], row[1])):
        by = [name for _, _, name in credited if name is not None]
        if any(map(_is_another, (title, *by))):
            yield track_id, title, by


def _is_another(text: str) -> bool:
    if text.isascii():
        return False
    if any(unicodedata.category(c)[0] == "M" for c in names.fold(text)):
        return True
    plain = unicodedata.normalize("NFKD", text.casefold())
    return plain != plain.casefold()


def _some(all_of_them: Iterable[Any]) -> Iterator[list[Any]]:
    there = list(all_of_them)
    return (there[at : at + _AT_ONCE] for at in range(0, len(there), _AT_ONCE))
