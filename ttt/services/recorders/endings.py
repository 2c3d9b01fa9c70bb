"""An authorization at Spotify lasts six months: what to say before it ends, and after.

On every page from a month before on, and by mail a month, a week and a day before, each once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from math import inf

from ttt import words
from ttt.errors import MailFailed, NotFound
from ttt.models import Recorder
from ttt.providers import mail
from ttt.providers.mail import Letter
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.explain.clocks import zone_named
from ttt.services.person import Person
from ttt.services.recorders import recording
from ttt.services.spotify import clients, spotify
from ttt.services.spotify.spotify import Connection
from ttt.store.accounts import users
from ttt.store.plays import recorders

SHOWN = timedelta(days=30)
URGENT = timedelta(days=7)
WARNED = (1, 7, 30)
"""Days before the end at which a mail goes out."""


@dataclass(frozen=True, slots=True)
class Ending:
    """That a connection ends, or has ended; `at` is aware UTC, None where it ended before time."""

    at: datetime | None
    ended: bool
    urgent: bool

    def words(self, zone: tzinfo | None = None) -> str:
        """What a page says, with days in that time zone."""
        if self.ended or self.at is None:
            return (
                "Spotify no longer lets this app see your plays and top tracks, so nothing is "
                "recorded. Reconnect Spotify to go on."
            )
        return (
            f"Spotify's authorization ends on {_day(self.at, zone)}. Reconnect Spotify before, or "
            "nothing is recorded from then on."
        )


def of(connection: Connection | None, now: datetime) -> Ending | None:
    """What is to be said of a connection, None for nothing."""
    if connection is None:
        return None
    if not connection.usable or connection.ends_at <= now:
        return Ending(None, ended=True, urgent=True)
    left = connection.ends_at - now
    if left > SHOWN:
        return None
    return Ending(connection.ends_at, ended=False, urgent=left <= URGENT)


def people_due(context: Context) -> list[int]:
    """Ids of those who are to be mailed now; none without a mail server."""
    if not context.settings.can_mail:
        return []
    with context.session() as session:
        connected = clients.connected_people(context, session)
    return [user_id for user_id in connected if _due(context, user_id) is not None]


def warn(context: Context, user_id: int) -> None:
    """Mail somebody that their authorization ends; each warning goes out once.

    One that the mail server did not take is tried again later.
    """
    due = _due(context, user_id)
    if due is None:
        return
    person, recorder, days, ends_at = due
    _mark(context, recorder, days)
    try:
        mail.send(context.settings, _letter(context, person, ends_at))
    except MailFailed:
        _mark(context, recorder, recorder.warned_days)
        raise


def _due(context: Context, user_id: int) -> tuple[Person, Recorder, int, datetime] | None:
    """Who is to be warned, where that is kept, how many days before, and of what."""
    try:
        person = accounts.by_id(context, user_id)
    except NotFound:
        return None
    connection = spotify.connection(context, person)
    if not person.email or connection is None or not connection.usable:
        return None
    left = connection.ends_at - context.now()
    near = [days for days in WARNED if timedelta(0) < left <= timedelta(days=days)]
    if not near:
        return None
    with context.session() as session:
        recorder = recorders.get(session, recording.of(context, person))
    if recorder is None or (recorder.warned_days or inf) <= near[0]:
        return None
    return person, recorder, near[0], connection.ends_at


def _mark(context: Context, recorder: Recorder, days: int | None) -> None:
    with context.session() as session:
        recorders.change(session, recorder.id, warned_days=days)
        session.commit()


def _letter(context: Context, person: Person, ends_at: datetime) -> Letter:
    with context.session() as session:
        zone = zone_named(users.time_zone(session, person.id))
    text = (
        f"Spotify asks for a new authorization every six months. Yours ends on "
        f"{_day(ends_at, zone)}; after that day Top Track Tracker can record none of your plays.\n"
        f"\nReconnect Spotify before then, which takes a minute:\n"
        f"{context.settings.base_url}/spotify\n"
    )
    return Letter(person.email, "Reconnect Spotify, or your plays go unrecorded", text)


def _day(moment: datetime, zone: tzinfo | None) -> str:
    return words.day(moment.astimezone(zone or UTC).date(), year=True)
