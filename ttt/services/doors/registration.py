"""Opening an account of one's own: with an invitation, or where everybody may."""

from ttt.errors import InvalidInput
from ttt.models import User
from ttt.services.accounts import accounts, decisions, throttle
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.doors import one_time_links
from ttt.services.person import Person, as_person

_CLOSED = "This server takes no new accounts at the moment; ask an admin."


def register(
    context: Context, username: str, name: str, password: str, address: str | None
) -> Person:
    """Open an account where everybody may; InvalidInput says what is wrong.

    Every try counts, right or not: TooManyTries as at the sign-in.
    """
    if decisions.read(context).registration != "open":
        raise InvalidInput(_CLOSED)
    throttle.count(context, "registration", username.strip().casefold(), address)
    user = accounts.new(context, username, password, name=name)
    return _opened(context, user, address, "account registered")


def accept(
    context: Context, token: str, username: str, name: str, password: str, address: str | None
) -> Person:
    """Take up an invitation; LinkUsedUp when it is good no more, InvalidInput leaves it as it is.

    TooManyTries after some tries with one invitation, or from one address: it says which names
    are taken.
    """
    if decisions.read(context).registration == "closed":
        raise InvalidInput(_CLOSED)
    purpose = one_time_links.look(context, "invitation", token)
    throttle.count(context, "invitation", token, address)
    user = accounts.new(
        context, username, password, name=name, email=purpose.email, role=purpose.role
    )
    return _opened(context, user, address, "invitation taken up", token)


def _opened(
    context: Context, user: User, address: str | None, action: str, token: str | None = None
) -> Person:
    with context.session() as session:
        if token:
            one_time_links.claim(context, session, "invitation", token)
        person = accounts.opened(session, user)
        record(context, session, as_person(user, address), action, user.username)
        session.commit()
        return person
