"""A person's own play counts at Last.fm, under the username that they gave."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound, ProviderError
from ttt.found import Charted, PlaysPeriod, Source
from ttt.models import LastFmAccount
from ttt.providers.charts.lastfm import LastFmPlays
from ttt.providers.charts.registry import plays
from ttt.services.context import Context
from ttt.services.discover import charting
from ttt.services.discover.charting import ChartList, Kept
from ttt.services.person import Person
from ttt.services.values import sources
from ttt.store import ahead, charts
from ttt.store.accounts import users

_ASK_AGAIN_AFTER = timedelta(days=1)
ON_HOME = PlaysPeriod.MONTH
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Account:
    """A name at Last.fm; `unknown_at` is when Last.fm did not know it or told nothing of it."""

    username: str
    unknown_at: datetime | None = None


def why_off(context: Context) -> str | None:
    """Why Last.fm cannot be asked at all, as a sentence."""
    return _lastfm(context).why_off


def account(context: Context, person: Person) -> Account | None:
    """What the person is called at Last.fm, None until they say."""
    with context.session() as session:
        kept = charts.lastfm_account(session, person.id)
    return None if kept is None else Account(kept.username, kept.unknown_at)


def set_username(context: Context, person: Person, name: str) -> None:
    """Keep what the person is called at Last.fm; play counts of another name are forgotten.

    InvalidInput for what cannot be a name there.
    """
    with context.session() as session:
        keep_username(session, person, name)
        session.commit()


def keep_username(session: Session, person: Person, name: str) -> None:
    """The same as part of the caller's transaction."""
    name = name.strip()
    if not _USERNAME.fullmatch(name):
        raise InvalidInput(
            "A Last.fm username has 2 to 15 letters, digits, - or _ and starts with a letter."
        )
    before = charts.lastfm_account(session, person.id)
    if before is not None and before.username.casefold() != name.casefold():
        charts.delete_own(session, person.id)
    _save(session, person, Account(name))


def forget(context: Context, person: Person) -> None:
    """Delete the name and all play counts."""
    with context.session() as session:
        charts.delete_own(session, person.id)
        users.touch(session, person.id)
        session.commit()


def read(context: Context, person: Person, period: PlaysPeriod) -> ChartList:
    """The person's most played tracks of a period, as they are stored."""
    return charting.read(context, _kept(context, person.id, period))


def is_due(context: Context, person: Person, period: PlaysPeriod) -> bool:
    """Whether a period is older than a day and may be asked for.

    A name that Last.fm does not know is asked about again after a day.
    """
    known_as = account(context, person)
    if known_as is None or why_off(context) is not None:
        return False
    now, unknown_at = context.now(), known_as.unknown_at
    if unknown_at and now - _ASK_AGAIN_AFTER < unknown_at <= ahead.not_yet(now):
        return False
    return charting.due(context, _kept(context, person.id, period))


def refresh(context: Context, person: Person, period: PlaysPeriod) -> bool:
    """Fetch a period if it is due, by one request; False when something was in the way."""
    known_as, kept = account(context, person), _kept(context, person.id, period)
    if known_as is None or not is_due(context, person, period):
        return True

    def ask() -> list[Charted]:
        found = _lastfm(context).fetch(known_as.username, period)
        if found is None:
            raise NotFound("listener on Last.fm")
        return found

    try:
        charting.fetch(context, kept, ask)
    except ProviderError:
        return False
    except NotFound:
        _mark(context, person, replace(known_as, unknown_at=context.now()))
        return False
    if known_as.unknown_at is not None:
        _mark(context, person, replace(known_as, unknown_at=None))
    return True


def people_due(context: Context) -> list[int]:
    """Ids of those whose play counts for the start page should be fetched now."""
    if why_off(context) is not None:
        return []
    with context.session() as session:
        listeners = charts.lastfm_listeners(session)
    return [i for i in listeners if charting.due(context, _kept(context, i, ON_HOME))]


def _mark(context: Context, person: Person, account: Account) -> None:
    with context.session() as session:
        _save(session, person, account)
        session.commit()


def _save(session: Session, person: Person, account: Account) -> None:
    charts.save_lastfm_account(session, LastFmAccount(user_id=person.id, **asdict(account)))
    users.touch(session, person.id)


def _kept(context: Context, user_id: int, period: PlaysPeriod) -> Kept:
    limits_name = sources.service(context, Source.LASTFM)
    budget = sources.budget(context, Source.LASTFM)
    return Kept(f"lastfm {period}", Source.LASTFM, limits_name, budget, user_id)


def _lastfm(context: Context) -> LastFmPlays:
    return plays(context.settings, context.now)
