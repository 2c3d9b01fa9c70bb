"""Who records somebody's plays, since when, up to when, and what may be missing."""

from dataclasses import dataclass
from datetime import datetime

from ttt.models import Recorder
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders import following
from ttt.services.spotify import clients
from ttt.settings import DEMO_PATH
from ttt.store.plays import recorders
from ttt.store.plays.recorders import OFF, SPOTIFY
from ttt.store.spotify import spotify as spotify_store

_NAMES = {
    SPOTIFY: "Spotify",
    following.LASTFM: "Last.fm",
    following.LISTENBRAINZ: "ListenBrainz",
}
_DEMO_ACCOUNT = "demo-"


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorder as its owner sees it; times are aware UTC.

    `account` is the name of a followed account. `trouble` says in words what is in the way; with
    `ended` nothing is recorded until its owner does something. `past_until` is how far back the
    past of a followed account is read, None once all of it is; `has_token` where a token opens it.
    `unread` rows of what it told last name no play.
    """

    id: int
    kind: str
    name: str
    account: str
    on: bool
    ended: bool
    since: datetime
    asked_at: datetime | None
    last_play_at: datetime | None
    next_at: datetime | None
    plays: int
    trouble: str | None
    past_until: datetime | None
    has_token: bool
    unread: int


def listed(context: Context, person: Person) -> list[Recording]:
    """One's recorders, the oldest first."""
    with context.session() as session:
        found = recorders.of_user(session, person.id)
    return [_shown(recorder) for recorder in found]


def demo_history_url(context: Context, person: Person) -> str | None:
    """Where somebody who is connected to the demo gets its `my_spotify_data.zip`, else None."""
    with context.session() as session:
        listener = spotify_store.listener(session, person.id)
        client = clients.of(context, session, person.id)
    # Beside a real Spotify made-up plays would be taken for one's own.
    demo = client is not None and client.demo and not clients.real(context)
    if listener is None or not listener.startswith(_DEMO_ACCOUNT) or not demo:
        return None
    return f"{DEMO_PATH}/my_spotify_data.zip?listener={listener.removeprefix(_DEMO_ACCOUNT)}"


def _shown(recorder: Recorder) -> Recording:
    follows = recorder.kind != SPOTIFY
    return Recording(
        id=recorder.id,
        kind=recorder.kind,
        name=_NAMES[recorder.kind],
        account=recorder.account if follows else "",
        on=recorder.next_at is not None,
        ended=recorder.ended_at is not None,
        since=recorder.started_at,
        asked_at=recorder.asked_at,
        last_play_at=recorder.newest_at,
        next_at=recorder.next_at,
        plays=recorder.plays,
        trouble=None if recorder.error == OFF else recorder.error,
        past_until=recorder.oldest_at if follows and not recorder.past_is_read else None,
        has_token=recorder.token_encrypted is not None,
        unread=recorder.unread,
    )
