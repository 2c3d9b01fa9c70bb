"""Which recordings a person's sources say that tracks are: kept for that person alone."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import SmallInteger, exists, text, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete

from ttt.models import ToldIdentity
from ttt.plays import PlaySource
from ttt.store.membership import as_json, is_among

USUALLY = 0
"""In the place of a time: what was told first, and holds for plays without a row of their own."""
Place = tuple[int, int, int, int]
"""Track, upload, source and time of a row."""
Row = tuple[int, int, int, str | None, str | None]
"""Track, source, time, ISRC and MusicBrainz id."""

_COLUMNS = "user_id, upload_id, track_id, source, told_at, isrc, mbid"
_ADD = f"INSERT INTO told_identity ({_COLUMNS}) SELECT :user, :upload"
# The first to be told stays: rows of one key are repeated by the file itself.
_UNLESS_THERE = " ON CONFLICT DO NOTHING"
_EXTRACTED = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(5))
_ADD_ON_SQLITE = f"{_ADD}, {_EXTRACTED} FROM json_each(:rows) WHERE true{_UNLESS_THERE}"
_ADD_ON_POSTGRESQL = (
    f"{_ADD}, (value ->> 0)::integer, (value ->> 1)::smallint, (value ->> 2)::bigint,"
    f" value ->> 3, value ->> 4 FROM json_array_elements(CAST(:rows AS json)) AS told (value)"
    f"{_UNLESS_THERE}"
)


class Ids(NamedTuple):
    """The ISRC and the id at MusicBrainz of a recording, as far as they were told."""

    isrc: str | None = None
    mbid: str | None = None


def add(session: Session, user_id: int, upload_id: int, told: Iterable[Row]) -> int:
    """Keep track, source, time, ISRC and MusicBrainz id where none are; return how many are new."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    # All of them as one parameter: a tenth of the time of a statement for each.
    statement = text(_ADD_ON_POSTGRESQL if on_postgresql else _ADD_ON_SQLITE)
    counted = statement.execution_options(preserve_rowcount=True)
    values = {"user": user_id, "upload": upload_id, "rows": as_json(sorted(told, key=_key))}
    return session.connection().execute(counted, values).rowcount


def _key(row: Row) -> tuple[int, int, int, str, str]:
    track_id, source, told_at, isrc, mbid = row
    return track_id, source, told_at, isrc or "", mbid or ""


def usual(
    session: Session, user_id: int, upload_id: int, track_ids: Iterable[int]
) -> dict[tuple[int, int], Ids]:
    """What an upload told first of tracks, by track and source."""
    table, columns = _columns("track_id", "source", "isrc", "mbid")
    query = select_columns(*columns).where(
        table.c.user_id == user_id,
        table.c.upload_id == upload_id,
        table.c.told_at == USUALLY,
        is_among(session, ToldIdentity.track_id, track_ids),
    )
    return {(track, of): Ids(*ids) for track, of, *ids in session.execute(query)}


def of_plays(
    session: Session, user_id: int, track_ids: Iterable[int], since: int, until: int
) -> dict[Place, Ids]:
    """What was told of tracks with plays of a time (seconds, included), by where it stands."""
    table, columns = _columns("track_id", "upload_id", "source", "told_at", "isrc", "mbid")
    told_at = table.c.told_at
    query = select_columns(*columns).where(
        table.c.user_id == user_id,
        is_among(session, ToldIdentity.track_id, track_ids),
        (told_at == USUALLY) | told_at.between(since, until),
    )
    found = session.connection().execute(query)
    return {(track, upload, of, at): Ids(i, m) for track, upload, of, at, i, m in found}


def agreed(session: Session, user_id: int, track_ids: Iterable[int]) -> dict[int, Ids]:
    """Ids by track that nothing of a person's contradicts: two recordings may share a name."""
    table, columns = _columns("track_id", "isrc", "mbid")
    mine = table.c.user_id == user_id, is_among(session, ToldIdentity.track_id, track_ids)
    found: dict[int, Ids] = {}
    several: dict[int, set[Ids]] = {}
    # Not grouped by the database, which takes three times as long where most rows are alone.
    for track_id, isrc, mbid in session.connection().execute(select_columns(*columns).where(*mine)):
        ids = Ids(isrc, mbid)
        if found.setdefault(track_id, ids) != ids:
            several.setdefault(track_id, {found[track_id]}).add(ids)
    return found | {track_id: _agreement(every) for track_id, every in several.items()}


def _agreement(every: Iterable[Ids]) -> Ids:
    """One recording can have several ISRCs, but not several ids at MusicBrainz."""
    isrcs, mbids = ({one for one in told if one} for told in zip(*every, strict=True))
    if len(mbids) > 1:
        return Ids()
    return Ids(next(iter(isrcs)) if len(isrcs) == 1 else None, next(iter(mbids), None))


def is_first(session: Session, user_id: int, upload_id: int) -> bool:
    """Whether an upload told the person an id of a track that nothing else told."""
    table, other = _columns()[0], _columns()[0].alias()
    same = [
        (table.c[name] == other.c[name]) | (table.c[name].is_(None) & other.c[name].is_(None))
        for name in ("isrc", "mbid")
    ]
    elsewhere = exists().where(
        other.c.user_id == table.c.user_id,
        other.c.track_id == table.c.track_id,
        other.c.upload_id != upload_id,
        *same,
    )
    mine = table.c.user_id == user_id, table.c.upload_id == upload_id
    query = select_columns(table.c.track_id).where(*mine, ~elsewhere).limit(1)
    return session.execute(query).first() is not None


def forget(
    session: Session, user_id: int, upload_id: int, source: PlaySource | None = None
) -> None:
    """Forget what an upload told; of what none told, a `source` says which of it."""
    mine = [col(ToldIdentity.user_id) == user_id, col(ToldIdentity.upload_id) == upload_id]
    if source is not None:
        mine.append(col(ToldIdentity.source) == source)
    session.exec(delete(ToldIdentity).where(*mine))


def _columns(*names: str) -> tuple[Any, list[Any]]:
    table: Any = ToldIdentity.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    return table, [
        type_coerce(table.c[name], SmallInteger) if name == "source" else table.c[name]
        for name in names
    ]
