"""Deleting one's own account."""

from ttt.errors import InvalidInput
from ttt.services.accounts import own_account, removing
from ttt.services.context import Context
from ttt.services.person import Person


def leave(context: Context, actor: Person, username: str, password: str) -> None:
    """Delete one's own account with all of it; name and password show that it is meant.

    InvalidInput for another name, a wrong password, and for the last admin; TooManyTries as at
    the sign-in.
    """
    if username.strip().casefold() != actor.username:
        raise InvalidInput("Type your own username, to show that you mean this account.")
    with context.session() as session:
        user = own_account.proven(context, session, actor, password)
        removing.remove(context, session, actor, user)
        session.commit()
