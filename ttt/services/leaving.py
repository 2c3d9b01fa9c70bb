"""Deleting one's own account."""

from ttt.errors import InvalidInput
from ttt.services import passwords, removing, throttle
from ttt.services.context import Context
from ttt.services.person import Person, own


def leave(context: Context, actor: Person, username: str, password: str) -> None:
    """Delete one's own account with all of it; name and password show that it is meant.

    InvalidInput for another name, a wrong password, and for the last admin; TooManyTries as at
    the sign-in.
    """
    if username.strip().casefold() != actor.username:
        raise InvalidInput("Type your own username, to show that you mean this account.")
    failure = throttle.count(context, "current password", actor.username, actor.address)
    with context.session() as session:
        user = own(session, actor)
        # Who came by an OpenID provider may have none.
        if user.password_hash and not passwords.matches(password, user.password_hash):
            raise InvalidInput("The password is not right.")
        throttle.forgive(context, session, failure)
        removing.remove(context, session, actor, user)
        session.commit()
