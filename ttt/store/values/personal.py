"""Values that belong to one person: set by hand, or brought in a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from ttt.found import Source
from ttt.models import PersonalValue
from ttt.store.membership import is_among
from ttt.store.upsert import replace_all, upsert

# Track id, field, source, when it was set, and the value.
Kept = tuple[int, str, str, datetime, float]


def save(
    session: Session,
    user_id: int,
    source: Source,
    values: Mapping[int, Mapping[str, float]],
    at: datetime,
) -> None:
    """Save a person's values by track id and field; earlier ones of the same source give way."""
    rows = [
        {
            "user_id": user_id,
            "track_id": track_id,
            "field": name,
            "source": source,
            "observed_at": at,
            "value": value,
        }
        for track_id, fields in values.items()
        for name, value in fields.items()
    ]
    keys = ["user_id", "track_id", "field", "source"]
    upsert(session, PersonalValue, rows, keys, replace_all("observed_at", "value"))


def put(session: Session, user_id: int, kept: Iterable[Kept]) -> None:
    """Keep values with their own times; what is there stays."""
    columns = ("track_id", "field", "source", "observed_at", "value")
    rows = [{"user_id": user_id} | dict(zip(columns, one, strict=True)) for one in kept]
    upsert(session, PersonalValue, rows, ["user_id", "track_id", "field", "source"])


def keys(session: Session, user_id: int) -> set[tuple[int, str, str]]:
    """Track id, field and source of all values of a person."""
    query = select(PersonalValue.track_id, PersonalValue.field, PersonalValue.source)
    found = session.exec(query.where(PersonalValue.user_id == user_id))
    return {(track_id, name, source) for track_id, name, source in found}


def read(session: Session, user_id: int, track_ids: Iterable[int]) -> Sequence[PersonalValue]:
    """A person's own values of tracks, from all their sources."""
    query = select(PersonalValue).where(
        PersonalValue.user_id == user_id,
        is_among(session, PersonalValue.track_id, track_ids),
    )
    return session.exec(query).all()


def extent(
    session: Session, user_id: int, source: Source
) -> tuple[int, datetime] | tuple[int, None]:
    """How many tracks a person's own values of a source are about, and when the last came."""
    query = select(
        func.count(col(PersonalValue.track_id).distinct()), func.max(PersonalValue.observed_at)
    ).where(PersonalValue.user_id == user_id, PersonalValue.source == source)
    return session.exec(query).one()


def remove(
    session: Session, user_id: int, source: Source, track_ids: Iterable[int] | None = None
) -> int:
    """Take a person's values of a source back, of all tracks or of some; return how many."""
    statement = delete(PersonalValue).where(
        col(PersonalValue.user_id) == user_id, col(PersonalValue.source) == source
    )
    if track_ids is not None:
        statement = statement.where(is_among(session, PersonalValue.track_id, track_ids))
    return session.exec(statement).rowcount
