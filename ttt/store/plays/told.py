"""Plays as sources told them: each once, and once more for every other upload that tells it too.

Times are whole seconds, and no number is an enum.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, SmallInteger, and_, type_coerce
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, func, select, update

from ttt.models import Play, PlayAgain, Track, User
from ttt.plays import Counts, PlaySource

KEY = ("user_id", "told_at", "track_id", "source")
SAID = ("started_at", "ms", "how", "device", "country", "upload_id")
_NUMBERS = {"told_at": BigInteger, "started_at": BigInteger, "source": SmallInteger}


class Row(NamedTuple):
    """A play as it is kept, in the order of its columns; it begins with its key."""

    user_id: int
    told_at: int
    track_id: int
    source: int
    started_at: int
    ms: int | None
    how: int
    device: int
    country: str | None
    upload_id: int
    counts: int = int(Counts.UNJUDGED)


def touch(session: Session, user_id: int) -> None:
    """Raise the revision of somebody's plays; nobody else changes them in this transaction."""
    session.exec(
        update(User).where(col(User.id) == user_id).values(play_revision=User.play_revision + 1)
    )


def revision(session: Session, user_id: int) -> int:
    """The revision of somebody's plays, 0 for nobody."""
    return session.exec(select(User.play_revision).where(User.id == user_id)).first() or 0


def raise_from(session: Session, user_id: int, seen: int) -> bool:
    """Raise the revision unless it is another one than was seen; return whether it was raised."""
    raised = (
        update(User)
        .where(col(User.id) == user_id, col(User.play_revision) == seen)
        .values(play_revision=seen + 1)
    )
    return session.connection().execute(raised).rowcount == 1


def told_again(
    session: Session, user_id: int, upload_id: int, source: PlaySource | None = None
) -> list[Row]:
    """What others say of plays that are kept as an upload told them."""
    table, columns = _columns(PlayAgain, (*KEY, *SAID))
    play, _ = _columns(Play, KEY)
    same = and_(*(table.c[name] == play.c[name] for name in KEY))
    query = (
        select_columns(*columns)
        .join_from(table, play, same)
        .where(*_of(play, user_id, upload_id, source))
    )
    return [Row(*row) for row in session.execute(query).all()]


def forget(
    session: Session, user_id: int, upload_id: int, source: PlaySource | None = None
) -> None:
    """Delete what an upload told."""
    for model in (Play, PlayAgain):
        table, _ = _columns(model, KEY)
        session.exec(delete(model).where(*_of(table, user_id, upload_id, source)))


def number(session: Session, user_id: int, upload_id: int, source: PlaySource) -> int:
    """How many plays are kept as an upload told them, of a source."""
    table, _ = _columns(Play, KEY)
    query = select_columns(func.count()).where(*_of(table, user_id, upload_id, source))
    return int(session.execute(query).scalar_one())


def span(
    session: Session, user_id: int, upload_id: int, source: PlaySource | None = None
) -> tuple[int, int] | None:
    """First start and last end, told or reckoned, of what an upload told."""
    found: list[int] = []
    for model in (Play, PlayAgain):
        table, (told, started) = _columns(model, ("told_at", "started_at"))
        query = select_columns(
            func.min(told), func.min(started), func.max(told), func.max(started)
        ).where(*_of(table, user_id, upload_id, source))
        found += [time for time in session.execute(query).one() if time is not None]
    return (min(found), max(found)) if found else None


def is_any_of(session: Session, user_id: int, upload_id: int) -> bool:
    """Whether any of somebody's plays is kept as an upload told it."""
    mine = Play.user_id == user_id, Play.upload_id == upload_id
    return session.exec(select(Play.track_id).where(*mine).limit(1)).first() is not None


def tracks(
    session: Session, user_id: int, upload_id: int, source: PlaySource | None = None
) -> set[int]:
    """Ids of the tracks of which an upload told."""
    found = set[int]()
    for model in (Play, PlayAgain):
        table, _ = _columns(model, KEY)
        query = select(model.track_id).where(*_of(table, user_id, upload_id, source))
        found |= set(session.exec(query.distinct()))
    return found


def recorded(session: Session, user_id: int, span: tuple[int, int]) -> int:
    """How many plays that no upload told were told between two times, both included."""
    table, _ = _columns(Play, KEY)
    told_at = type_coerce(table.c.told_at, BigInteger)
    query = select_columns(func.count()).where(
        table.c.user_id == user_id, table.c.upload_id == 0, told_at.between(*span)
    )
    return int(session.execute(query).scalar_one())


def counted(
    session: Session, user_id: int, upload_id: int, shortest: int
) -> dict[tuple[int, int, bool], int]:
    """How many plays of an upload have which verdict and `how`, and are shorter than that (ms)."""
    table, _ = _columns(Play, KEY)
    counts = type_coerce(table.c.counts, SmallInteger)
    short = func.coalesce(table.c.ms, shortest) < shortest
    query = (
        select_columns(counts, table.c.how, short, func.count())
        .where(table.c.user_id == user_id, table.c.upload_id == upload_id)
        .group_by(counts, table.c.how, short)
    )
    found = session.execute(query)
    return {(verdict, how, bool(is_short)): number for verdict, how, is_short, number in found}


def most_heard(session: Session, user_id: int | None, limit: int) -> list[str]:
    """Spotify ids of the tracks that a person, or everybody, has played most, the most first."""
    table, _ = _columns(Play, KEY)
    plays = func.count().label("plays")
    query = (
        select_columns(col(Track.spotify_id), plays)
        .join_from(table, Track, col(Track.id) == table.c.track_id)
        .where(table.c.counts == Counts.PLAY, col(Track.spotify_id).is_not(None))
        .group_by(col(Track.id), col(Track.spotify_id))
        .order_by(plays.desc(), col(Track.id))
        .limit(limit)
    )
    if user_id is not None:
        query = query.where(table.c.user_id == user_id)
    return [spotify_id for spotify_id, _ in session.execute(query)]


def _of(table: Any, user_id: int, upload_id: int, source: PlaySource | None) -> list[Any]:
    mine = [table.c.user_id == user_id, table.c.upload_id == upload_id]
    return mine if source is None else [*mine, table.c.source == int(source)]


def _columns(model: type[Play] | type[PlayAgain], names: Sequence[str]) -> tuple[Any, list[Any]]:
    # Numbers as they are kept: a datetime for each play would take ten times as long.
    table: Any = model.__table__  # type: ignore[union-attr]  # SQLModel does not type it
    return table, [
        type_coerce(table.c[name], _NUMBERS[name]).label(name)
        if name in _NUMBERS
        else table.c[name]
        for name in names
    ]
