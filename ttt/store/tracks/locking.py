"""Tracks that stay: whoever refers to them in a transaction finds them until it ends."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from ttt.models import OwnDescription, Track
from ttt.store.membership import is_among


class Locked(NamedTuple):
    """Track ids of the Spotify ids that are known, and those of them that nobody named.

    Neither is anything else known of what the latter are called, nor do the person's files say it.
    """

    ids: dict[str, int]
    nameless: list[str]


def locked(session: Session, user_id: int, spotify_ids: Iterable[str]) -> Locked:
    """The known ones of Spotify's tracks, which nobody deletes before this transaction ends.

    On SQLite that holds once the transaction has written something.
    """
    own = (col(OwnDescription.track_id) == col(Track.id)) & (OwnDescription.user_id == user_id)
    is_nameless = col(Track.title).is_(None) & col(OwnDescription.title).is_(None)
    query = (
        select_columns(col(Track.spotify_id), col(Track.id), is_nameless)
        .join(OwnDescription, own, isouter=True)
        .where(is_among(session, Track.spotify_id, spotify_ids))
        .order_by(col(Track.id))
        .with_for_update(read=True, key_share=True, of=Track)
    )
    found: Any = session.connection().execute(query).all()
    return Locked({i: n for i, n, _ in found}, [i for i, _, is_bare in found if is_bare])
