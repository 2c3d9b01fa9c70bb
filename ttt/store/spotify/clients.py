"""Client IDs that were set while the server runs, and who sits on which."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, exists, or_, select, update

from ttt.models import SpotifyAccount, SpotifyClient, SpotifySeat, User

Seated = Sequence[tuple[SpotifySeat, User]]


def every(session: Session) -> Sequence[SpotifyClient]:
    """All of them, everybody's and people's own, the oldest first."""
    return session.exec(select(SpotifyClient).order_by(col(SpotifyClient.id))).all()


def of_all(session: Session) -> Sequence[SpotifyClient]:
    """Those that serve everybody, the oldest first."""
    query = select(SpotifyClient).where(col(SpotifyClient.user_id).is_(None))
    return session.exec(query.order_by(col(SpotifyClient.id))).all()


def any_of_all(session: Session) -> bool:
    """Whether one serves everybody."""
    query = select(SpotifyClient.id).where(col(SpotifyClient.user_id).is_(None)).limit(1)
    return session.exec(query).one_or_none() is not None


def own(session: Session, user_id: int) -> SpotifyClient | None:
    """The one that a person brought."""
    query = select(SpotifyClient).where(SpotifyClient.user_id == user_id)
    return session.exec(query).one_or_none()


def add(session: Session, client: SpotifyClient) -> SpotifyClient:
    """Keep one; IntegrityError when its owner has one already."""
    session.add(client)
    session.flush()
    return client


def remove(session: Session, key: int) -> None:
    """Forget one with its secret."""
    session.exec(delete(SpotifyClient).where(col(SpotifyClient.id) == key))


def seat(session: Session, user_id: int) -> SpotifySeat | None:
    """Where a person sits."""
    return session.get(SpotifySeat, user_id)


def sit(session: Session, seat: SpotifySeat) -> None:
    """Give a person a seat, in the place of another that they had."""
    session.merge(seat)


def change_seat(session: Session, user_id: int, **columns: Any) -> bool:
    """Take something down about a person's seat; whether they have one."""
    statement = update(SpotifySeat).where(col(SpotifySeat.user_id) == user_id).values(**columns)
    return session.exec(statement).rowcount == 1


def leave(session: Session, user_id: int) -> None:
    """Give a person's seat up."""
    session.exec(delete(SpotifySeat).where(col(SpotifySeat.user_id) == user_id))


def clear_seats(session: Session, client_id: str) -> None:
    """Give all seats of a client ID up."""
    session.exec(delete(SpotifySeat).where(col(SpotifySeat.client_id) == client_id))


def seated(session: Session) -> Seated:
    """Everybody who has a seat, in the order in which they sat down."""
    query = select(SpotifySeat, User).join(User, col(User.id) == SpotifySeat.user_id)
    return session.exec(query.order_by(col(SpotifySeat.taken_at), col(SpotifySeat.user_id))).all()


def counts(session: Session) -> Mapping[str, int]:
    """How many use each client ID: who sits there, and who is connected without a seat."""
    found = Counter(session.exec(select(SpotifySeat.client_id)))
    standing = select(SpotifyAccount.client_id).where(
        col(SpotifyAccount.token_encrypted).is_not(None),
        ~exists().where(col(SpotifySeat.user_id) == col(SpotifyAccount.user_id)),
        ~_their_own(),
    )
    return found + Counter(session.exec(standing))


def connected(session: Session, shared: Collection[str]) -> list[tuple[int, str]]:
    """Enabled people whose connection can be used, each with the client ID it was made with.

    That is one of the `shared` ones, or their own where they brought one.
    """
    query = (
        select(SpotifyAccount.user_id, SpotifyAccount.client_id)
        .join(User, col(User.id) == SpotifyAccount.user_id)
        .where(
            col(SpotifyAccount.token_encrypted).is_not(None),
            col(User.disabled_at).is_(None),
            or_(_their_own(), col(SpotifyAccount.client_id).in_(shared)),
        )
        .order_by(col(SpotifyAccount.user_id))
    )
    return [(user_id, client_id) for user_id, client_id in session.exec(query)]


def drop_tokens(session: Session, client_id: str) -> None:
    """Forget the tokens of all whom a client ID serves, but not of those who brought it."""
    statement = update(SpotifyAccount).where(
        col(SpotifyAccount.client_id) == client_id, ~_their_own()
    )
    session.exec(
        statement.values(token_encrypted=None), execution_options={"synchronize_session": False}
    )


def drop_token(session: Session, user_id: int) -> None:
    """Forget a person's token."""
    whose = col(SpotifyAccount.user_id) == user_id
    session.exec(update(SpotifyAccount).where(whose).values(token_encrypted=None))


def _their_own() -> ColumnElement[bool]:
    return exists().where(
        col(SpotifyClient.user_id) == col(SpotifyAccount.user_id),
        col(SpotifyClient.client_id) == col(SpotifyAccount.client_id),
    )
