"""Tracks that stay: whoever refers to them in a transaction finds them until it ends."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session, col, select

from ttt.models import Track
from ttt.store.membership import is_among


class Locked(NamedTuple):
    """Track ids of the Spotify ids that are known, and those of them that have no title."""

    ids: dict[str, int]
    untitled: list[str]


def locked(session: Session, spotify_ids: Iterable[str]) -> Locked:
    """The known ones of Spotify's tracks, which nobody deletes before this transaction ends.

    On SQLite that holds once the transaction has written something.
    """
    query = (
        select(Track.spotify_id, Track.id, col(Track.title).is_(None))
        .where(is_among(session, Track.spotify_id, spotify_ids))
        .order_by(col(Track.id))
        .with_for_update(read=True, key_share=True)
    )
    found = [(i, track_id, bare) for i, track_id, bare in session.exec(query) if i and track_id]
    return Locked({i: n for i, n, _ in found}, [i for i, _, is_bare in found if is_bare])
