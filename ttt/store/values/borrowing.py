"""What tracks that are known by names only take over from Spotify's tracks of those names."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select, update

from ttt.models import AudioFeatures, Popularity, ReachValue, Track, TrackGenre
from ttt.store.membership import is_among
from ttt.store.upsert import upsert

_VALUES = (AudioFeatures, Popularity, ReachValue, TrackGenre)
_SHOWN = ("cover_url", "release_date", "duration_ms")


def borrow(session: Session, twins: Mapping[int, int]) -> set[int]:
    """Give tracks what is known of others, by track id; return those that have features now.

    What they have already stays. A cover, a date and a length are shown beside a play; a name is
    never taken, as what a person's file calls a track is theirs.
    """
    of = defaultdict(list)
    for own, twin in twins.items():
        of[twin].append(own)
    for model in _VALUES:
        _copy(session, model, of)
    _show(session, twins)
    found = select(AudioFeatures.track_id).where(is_among(session, AudioFeatures.track_id, twins))
    return set(session.exec(found))


def _copy(session: Session, model: type[SQLModel], of: Mapping[int, list[int]]) -> None:
    table: Any = model.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    found = session.execute(select_columns(table).where(is_among(session, table.c.track_id, of)))
    rows = [{**row, "track_id": own} for row in found.mappings() for own in of[row["track_id"]]]
    upsert(session, model, rows, [column.name for column in table.primary_key])


def _show(session: Session, twins: Mapping[int, int]) -> None:
    columns = (col(Track.id), *(col(getattr(Track, name)) for name in _SHOWN))
    ids = {*twins, *twins.values()}
    query = select_columns(*columns).where(is_among(session, Track.id, ids))
    known = {track_id: said for track_id, *said in session.execute(query)}
    rows = []
    for own, twin in sorted(twins.items()):
        now = [mine or theirs for mine, theirs in zip(known[own], known[twin], strict=True)]
        if now != known[own]:
            rows.append({"id": own, **dict(zip(_SHOWN, now, strict=True))})
    if rows:
        session.execute(update(Track), rows)
