"""A new password for somebody who forgot theirs: by a link, which a mail may bring."""

from concurrent.futures import Future
from datetime import timedelta

from ttt.errors import LinkUsedUp, MailFailed
from ttt.models import User
from ttt.providers import mail
from ttt.services.accounts import passwords, throttle
from ttt.services.accounts.accounts import by_name, find
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.doors import one_time_links, post
from ttt.services.doors.one_time_links import RESET_BY_MAIL, MadeLink
from ttt.services.person import as_person
from ttt.store.accounts import users
from ttt.store.doors import one_time_links as kept_links
from ttt.store.doors import sessions

# Nobody's letter box is filled by somebody else who presses a button.
_NEXT_MAIL_AFTER = timedelta(minutes=5)


def set_password(context: Context, token: str, password: str, address: str | None) -> str:
    """Set the new password that a link is for; return the username.

    All sessions of the account end; its second factor stays. LinkUsedUp when the link is good
    no more; InvalidInput, for a bad password, leaves it as it is.
    """
    username = one_time_links.look(context, "reset", token).username
    owner = find(context, username)
    password_hash = passwords.make_hash(password, username, owner.name, owner.email)
    with context.session() as session:
        one_time_links.claim(context, session, "reset", token)
        user = by_name(session, username)
        if user.disabled_at is not None:
            raise LinkUsedUp
        user.password_hash = password_hash
        user.revision += 1
        person = as_person(user, address)
        sessions.end_all(session, person.id)
        kept_links.revoke_all(session, person.id)
        record(context, session, person, "password reset", username)
        session.commit()
    return username


def ask(context: Context, named: str, address: str | None) -> Future[None] | None:
    """Have a link mailed to the account of a username or mail address, if there is one.

    Answers the same, and as fast, whether there is one or not: it is looked up and mailed in
    the background. None, and nothing is done, without a mail server. TooManyTries as at the
    sign-in.
    """
    if not context.settings.can_mail:
        return None
    named = named.strip().casefold()
    throttle.count(context, "reset", named, address)
    return post.later(lambda: send(context, named, address))


def send(context: Context, named: str, address: str | None) -> None:
    """Mail a link to each account of a case-folded username or mail address.

    MailFailed at the end where one was not taken: that link is none, and can be asked for again.
    """
    if not named.isprintable():
        return
    with context.session() as session:
        found = users.by_name_or_mail(session, named)
    failed = [error for user in found if (error := _trouble_mailing(context, user, address))]
    if failed:
        raise failed[0]


def _trouble_mailing(context: Context, user: User, address: str | None) -> MailFailed | None:
    """What kept a link from somebody who may have one."""
    link = _link(context, user)
    if link is None:
        return None
    try:
        mail.send(context.settings, _letter(context, user, link))
    except MailFailed as error:
        with context.session() as session:
            kept_links.revoke(session, "reset", link.id)
            session.commit()
        return error
    with context.session() as session:
        record(context, session, as_person(user, address), "reset link mailed", user.username)
        session.commit()
    return None


def _link(context: Context, user: User) -> MadeLink | None:
    """A link for who has an address and was sent none a moment ago."""
    if not user.email or user.disabled_at is not None:
        return None
    now = context.now()
    with context.session() as session:
        if kept_links.made_between(session, as_person(user).id, now - _NEXT_MAIL_AFTER, now):
            return None
        link = one_time_links.add_reset(context, session, user, user.username, RESET_BY_MAIL)
        session.commit()
    return link


def _letter(context: Context, user: User, link: MadeLink) -> mail.Letter:
    text = (
        f"Somebody asked for a new password for the account {user.username} at "
        f"{context.settings.base_url}.\n\nSet it here within an hour:\n{link.url}\n\n"
        "If that was not you, do nothing: your password stays as it is.\n"
    )
    return mail.Letter(user.email or "", "A new password for Top Track Tracker", text)
