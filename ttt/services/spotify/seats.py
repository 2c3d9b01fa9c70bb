"""Who uses which of the server's client IDs: Spotify lets five people use one, whom it lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ttt.errors import ClientRefused, NoSeatLeft, NotFound, NotOnAllowList
from ttt.models import SpotifySeat
from ttt.services.accounts import accounts
from ttt.services.accounts import fields as account_fields
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, own, require_admin
from ttt.services.spotify import block as spotify_block
from ttt.services.spotify import clients
from ttt.services.spotify.clients import Client
from ttt.store import locks
from ttt.store.accounts import users
from ttt.store.spotify import clients as kept

_LOCK = "spotify seats"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's seat; `name` and `email` are of their Spotify account, for Spotify's own list.

    Times are aware UTC; `refused_at` is when Spotify last said that they are not on its list.
    """

    username: str
    client: str
    name: str
    email: str
    connected_at: datetime | None
    refused_at: datetime | None

    @property
    def waiting(self) -> bool:
        """Whether somebody has yet to put them on Spotify's list."""
        return self.connected_at is None or self.refused_at is not None


@dataclass(frozen=True, slots=True)
class Bench:
    """A client ID of the server with its seats; `free` ones are left."""

    client: Client
    seats: tuple[Seat, ...]
    free: int
    blocked_until: datetime | None


def take(context: Context, person: Person) -> Client:
    """What a person connects by: their own, or one of the server's on which they get a seat.

    NoSeatLeft when all are taken. The demo has room for everybody; NotSetUp where it is off and
    there is nothing else.
    """
    with locks.held(context.direct, _LOCK), context.session() as session:
        client = clients.lasting(context, session, person.id)
        if client is not None:
            clients.require_on(context, session, client)
        seat = kept.seat(session, person.id)
        seated = seat is not None and client is not None and seat.client_id == client.client_id
        if client is not None and (client.demo or client.user_id is not None or seated):
            return client
        chosen = client or _with_room(context, session)
        kept.sit(session, _new(context, person, chosen, seat))
        users.touch(session, person.id)
        record(context, session, person, "spotify seat taken", chosen.name)
        session.commit()
    return chosen


def mine(context: Context, person: Person) -> Seat | None:
    """The person's seat, None without one or while it counts for nothing."""
    with context.session() as session:
        client = clients.lasting(context, session, person.id)
        seat = kept.seat(session, person.id)
    if client is None or seat is None or seat.client_id != client.client_id:
        return None
    return _shown(seat, person.username, client.name)


def tell(context: Context, person: Person, name: str, email: str) -> None:
    """Say under which name and mail address Spotify knows the person, for the admin."""
    columns = {"name": account_fields.name(name), "email": account_fields.email(email)}
    with context.session() as session:
        own(session, person)
        if not kept.change_seat(session, person.id, **columns):
            raise NotFound("seat")
        users.touch(session, person.id)
        session.commit()


def benches(context: Context, actor: Person) -> list[Bench]:
    """Every client ID of the server and who sits there, for admins."""
    require_admin(context, actor)
    with context.session() as session:
        seated, taken = kept.seated(session), kept.counts(session)
        return [
            _bench(context, session, client, seated, taken.get(client.client_id, 0))
            for client in clients.shared(context, session)
            if not client.demo
        ]


def free(context: Context, actor: Person, username: str) -> None:
    """Free somebody's seat, for admins: their token goes, what came from Spotify stays."""
    require_admin(context, actor)
    with context.session() as session:
        user = accounts.by_name(session, username)
        user_id = user.id
        if kept.seat(session, user_id) is None:
            raise NotFound("seat")
        kept.leave(session, user_id)
        kept.drop_token(session, user_id)
        users.touch(session, user_id)
        record(context, session, actor, "spotify seat freed", user.username)
        session.commit()


def connected(session: Session, user_id: int, now: datetime) -> None:
    """Take down that Spotify let somebody in, in the caller's transaction."""
    kept.change_seat(session, user_id, connected_at=now, refused_at=None)


@contextmanager
def told(context: Context, person: Person, client: Client) -> Iterator[None]:
    """Say in a refusal of the app, or of a person by it, who can set it right and where."""
    try:
        yield
    except ClientRefused:
        raise ClientRefused(client.place == "own" or person.is_admin, client.place) from None
    except NotOnAllowList:
        raise _not_listed(context, person, client) from None


def _not_listed(context: Context, person: Person, client: Client) -> NotOnAllowList:
    if client.user_id is not None:
        return NotOnAllowList(person.name, person.email, own=True)
    with context.session() as session:
        kept.change_seat(session, person.id, refused_at=context.now())
        users.touch(session, person.id)
        session.commit()
        seat = kept.seat(session, person.id)
    if seat is None:
        return NotOnAllowList(person.name, person.email)
    return NotOnAllowList(seat.name or person.name, seat.email or person.email)


def _with_room(context: Context, session: Session) -> Client:
    taken, most = kept.counts(session), context.settings.spotify_seats
    for client in clients.shared(context, session):
        if taken.get(client.client_id, 0) < most:
            return client
    raise NoSeatLeft(most)


def _new(
    context: Context, person: Person, client: Client, before: SpotifySeat | None
) -> SpotifySeat:
    return SpotifySeat(
        user_id=person.id,
        client_id=client.client_id,
        name=(before.name if before else "") or person.name,
        email=(before.email if before else "") or person.email,
        taken_at=context.now(),
    )


def _bench(
    context: Context,
    session: Session,
    client: Client,
    seated: kept.Seated,
    taken: int,
) -> Bench:
    seats = tuple(
        _shown(seat, user.username, client.name)
        for seat, user in seated
        if seat.client_id == client.client_id
    )
    block = spotify_block.current(context, session, client)
    left = max(0, context.settings.spotify_seats - taken)
    return Bench(client, seats, left, None if block is None else block.until)


def _shown(seat: SpotifySeat, username: str, client: str) -> Seat:
    return Seat(username, client, seat.name, seat.email, seat.connected_at, seat.refused_at)
