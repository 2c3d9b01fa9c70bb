"""Everything that is kept encrypted, in one place, so that it can be put under another key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, col, select, update

from ttt.models import (
    OAuthState,
    OpenIdState,
    Recorder,
    Relay,
    ServerSetting,
    SpotifyAccount,
    SpotifyClient,
    User,
)

DEMO_KEY = "demo key, encrypted"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of encrypted text with the key of its table; `only` names the one row it is in."""

    model: type[SQLModel]
    key: str
    name: str
    only: str | None = None


COLUMNS = (
    Column(SpotifyAccount, "user_id", "token_encrypted"),
    Column(SpotifyClient, "id", "secret_encrypted"),
    Column(OAuthState, "state_hash", "verifier_encrypted"),
    Column(User, "id", "totp_encrypted"),
    Column(Recorder, "id", "token_encrypted"),
    Column(Relay, "user_id", "token_encrypted"),
    Column(OpenIdState, "state_hash", "verifier_encrypted"),
    Column(ServerSetting, "name", "value", only=DEMO_KEY),
)
Row = tuple[Any, str]


def batch(session: Session, column: Column, after: Any | None, size: int) -> Sequence[Row]:
    """Key and encrypted text of the rows that follow a key, in the order of the keys."""
    key, text = _parts(column)
    query = select(key, text).where(text.is_not(None)).order_by(key).limit(size)
    if column.only is not None:
        query = query.where(key == column.only)
    if after is not None:
        query = query.where(key > after)
    return session.exec(query).all()


def replace(session: Session, column: Column, key: Any, old: str, new: str) -> None:
    """Put a text in the place of another, unless somebody else has replaced that meanwhile."""
    its_key, text = _parts(column)
    statement = update(column.model).where(its_key == key, text == old)
    session.exec(statement.values({column.name: new}))


def _parts(column: Column) -> tuple[Any, Any]:
    return col(getattr(column.model, column.key)), col(getattr(column.model, column.name))
