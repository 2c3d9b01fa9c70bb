"""Removing an account with everything that is somebody's own."""

from sqlmodel import Session

from ttt.errors import InvalidInput
from ttt.models import User
from ttt.services.accounts import accounts
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, as_person, require_admin
from ttt.store import own
from ttt.store.accounts import audit, users
from ttt.store.doors import one_time_links
from ttt.store.own import Held
from ttt.store.tracks import holdings


def delete(context: Context, actor: Person, username: str) -> Person:
    """Delete somebody's account, for admins, and say whose; one's own is deleted elsewhere."""
    require_admin(context, actor)
    with context.session() as session:
        user = accounts.by_name(session, username)
        if user.id == actor.id:
            raise InvalidInput("This is your own account; delete it on the Account page.")
        person = as_person(user)
        remove(context, session, actor, user)
        session.commit()
        return person


def cost(context: Context, actor: Person, whose: Person) -> Held:
    """What goes with an account: one's own, or for admins anybody's."""
    if actor.id != whose.id:
        require_admin(context, actor)
    with context.session() as session:
        return own.held(session, whose.id)


def remove(context: Context, session: Session, actor: Person, user: User) -> None:
    """Delete an account and what hangs on it, without a commit; the last admin stays.

    Other people's lists keep what the person added; the trail keeps what happened, without
    the name and the addresses.
    """
    admins = users.enabled_admins(session)
    if user in admins and len(admins) == 1:
        raise InvalidInput("This is the last admin; make somebody else an admin first.")
    name, nobody = user.username, f"deleted account {as_person(user).id}"
    one_time_links.revoke_all(session, as_person(user).id, name)
    own.forget_name(session, name)
    users.delete(session, user)
    holdings.delete_orphans(session)
    record(context, session, actor, "account deleted", name)
    audit.forget_name(session, name, nobody)
