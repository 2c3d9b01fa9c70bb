"""Somebody's told plays as columns, to be judged, and the verdicts that are kept with them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, bindparam, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from ttt.models import Artist, Play, Recording, Track, TrackArtist
from ttt.plays import PlaySource
from ttt.store.membership import is_among
from ttt.store.plays import shown
from ttt.store.plays.bulk import identities, numbers
from ttt.store.plays.bulk.identities import Ids
from ttt.store.plays.shown import OwnName

_READ = (
    *("told_at", "track_id", "source", "started_at", "coalesce(ms, -1)", "how", "device"),
    *("counts", "upload_id"),
)
_WRITTEN_TOGETHER = 5_000
_TRACKS_TOGETHER = 10_000
_NOTHING = Ids()


class Columns(NamedTuple):
    """Told plays in the order of their keys; times in seconds, `ms` -1 where it is unknown."""

    told: NDArray[np.int64]
    track: NDArray[np.int32]
    source: NDArray[np.uint8]
    started: NDArray[np.int64]
    ms: NDArray[np.int32]
    how: NDArray[np.uint16]
    device: NDArray[np.uint8]
    counts: NDArray[np.uint8]
    upload: NDArray[np.int32]

    def only(self, rows: NDArray[np.bool_]) -> "Columns":
        """Some of the rows."""
        columns: Any = (column[rows] for column in self)
        return Columns(*columns)


_TYPES: tuple[Any, ...] = tuple(
    kind.__args__[1].__args__[0] for kind in Columns.__annotations__.values()
)


class Names(NamedTuple):
    """By what tracks are told to be of one recording."""

    track_id: int
    title: str | None
    artist: str | None
    isrc: str | None
    duration_ms: int | None
    mbid: str | None = None


def read(
    session: Session, user_id: int, since: int | None = None, until: int | None = None
) -> Columns:
    """What somebody's sources told, in all or from one time (included) to another (not)."""
    rest, values = "FROM play WHERE user_id = :user", {"user": user_id}
    for name, is_in, moment in (("since", ">=", since), ("until", "<", until)):
        if moment is not None:
            rest += f" AND told_at {is_in} :{name}"
            values[name] = moment
    order = " ORDER BY told_at, track_id, source"
    found = numbers.read(session.connection(), _READ, rest + order, values)
    return joined([_block(rows) for rows in found])


def time_of(session: Session, user_id: int, after: int | None, number: int) -> int | None:
    """When the play was told that so many stand before, of those after a time; None for none."""
    table: Any = Play.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    told = type_coerce(table.c.told_at, BigInteger)
    query = select_columns(told).where(table.c.user_id == user_id)
    if after is not None:
        query = query.where(told > after)
    return session.execute(query.order_by(told).offset(number).limit(1)).scalar()


def count(
    session: Session, user_id: int, since: int | None = None, until: int | None = None
) -> int:
    """How many plays somebody's sources told, in all or from one time to another (included)."""
    query = select_columns(func.count()).where(*_between(user_id, since, until))
    return int(session.execute(query).scalar_one())


def has(
    session: Session,
    user_id: int,
    sources: Iterable[PlaySource],
    since: int | None = None,
    until: int | None = None,
) -> bool:
    """Whether one of some sources told somebody's plays, at all or between two times (included)."""
    of = col(Play.source).in_(sorted(sources))
    query = select_columns(col(Play.track_id)).where(*_between(user_id, since, until), of)
    return session.execute(query.limit(1)).first() is not None


def _between(user_id: int, since: int | None, until: int | None) -> list[Any]:
    table: Any = Play.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    told = type_coerce(table.c.told_at, BigInteger)
    ends = (None if since is None else told >= since, None if until is None else told <= until)
    return [table.c.user_id == user_id, *(end for end in ends if end is not None)]


def save_verdicts(
    session: Session, user_id: int, columns: Columns, counts: NDArray[np.uint8]
) -> int:
    """Keep the verdicts that are others than before; return how many."""
    changed = np.flatnonzero(columns.counts != counts)
    statement = _verdict_of_one(user_id)
    for start in range(0, len(changed), _WRITTEN_TOGETHER):
        rows = changed[start : start + _WRITTEN_TOGETHER]
        values = zip(
            columns.told[rows].tolist(),
            columns.track[rows].tolist(),
            columns.source[rows].tolist(),
            counts[rows].tolist(),
            strict=True,
        )
        session.connection().execute(
            statement,
            [{"told": t, "track": i, "of": s, "verdict": c} for t, i, s, c in values],
        )
    return len(changed)


def _verdict_of_one(user_id: int) -> Any:
    """The statement by which a play, found by its key, gets another verdict."""
    table: Any = Play.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    keys = (
        table.c.user_id == user_id,
        table.c.told_at == bindparam("told"),
        table.c.track_id == bindparam("track"),
        table.c.source == bindparam("of"),
    )
    return table.update().where(*keys).values(counts=bindparam("verdict"))


def names(session: Session, user_id: int, track_ids: Iterable[int]) -> list[Names]:
    """Title, first artist, ISRC, length and id at MusicBrainz of tracks, as somebody sees them.

    What is known of a track goes before what the person's sources told of it.
    """
    first = (col(TrackArtist.track_id) == Track.id) & (col(TrackArtist.position) == 0)
    ids, found = sorted(track_ids), list[Names]()
    told = identities.agreed(session, user_id, ids)
    for start in range(0, len(ids), _TRACKS_TOGETHER):
        query = (
            select_columns(
                col(Track.id),
                col(Track.title),
                col(Artist.name),
                col(Track.isrc),
                col(Track.duration_ms),
            )
            .join(TrackArtist, first, isouter=True)
            .join(Artist, col(Artist.id) == TrackArtist.artist_id, isouter=True)
            .where(is_among(session, Track.id, ids[start : start + _TRACKS_TOGETHER]))
        )
        for track_id, title, artist, isrc, duration_ms in session.connection().execute(query):
            known = told.get(track_id, _NOTHING)
            code = isrc or known.isrc
            found.append(Names(track_id, title, artist, code, duration_ms, known.mbid))
    own = shown.own_names(session, user_id, [one.track_id for one in found if not one.title])
    return [_called(one, own.get(one.track_id)) for one in sorted(found)]


def _called(one: Names, own: OwnName | None) -> Names:
    artist = own.artists[0] if own and own.artists else None
    return one if own is None else one._replace(title=own.title, artist=artist)


def lengths(session: Session, track_ids: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Lengths in ms of tracks in ascending order, -1 where they are not known."""
    query = select_columns(col(Track.id), col(Track.duration_ms)).where(
        is_among(session, Track.id, track_ids.tolist()), col(Track.duration_ms) > 0
    )
    found = session.connection().execute(query).all()
    ids, ms = np.array([tuple(row) for row in found], np.int64).reshape(-1, 2).T
    made = np.full(len(track_ids), -1, np.int64)
    made[np.searchsorted(track_ids, ids)] = ms
    return made


def decided(session: Session, user_id: int) -> dict[int, int]:
    """As which track each counts by the person's own word."""
    query = select(Recording.track_id, Recording.counts_as).where(Recording.user_id == user_id)
    return dict(session.exec(query).all())


def _block(rows: numbers.Table) -> Columns:
    made: Any = (column.astype(kind) for column, kind in zip(rows.T, _TYPES, strict=True))
    return Columns(*made)


def joined(blocks: Sequence[Columns]) -> Columns:
    """Rows behind each other, in as many columns."""
    if not blocks:
        return Columns(*(np.empty(0, kind) for kind in _TYPES))
    return Columns(*(np.concatenate(column) for column in zip(*blocks, strict=True)))
