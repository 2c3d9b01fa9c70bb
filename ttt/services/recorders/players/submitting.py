"""What players send is kept as told plays, or for a while as what plays now."""

from datetime import timedelta

from ttt.plays import PlaySource, ToldPlay
from ttt.services.accounts import throttle
from ttt.services.context import Context
from ttt.services.plays.taking import Taken, Taker
from ttt.services.recorders.players import relaying, tokens
from ttt.services.recorders.players.listens import Submission
from ttt.services.recorders.players.tokens import Sender

_UNKNOWN_LENGTH = timedelta(minutes=10)
_LONGEST = timedelta(hours=1)


def sender(context: Context, token: str, address: str | None) -> Sender | None:
    """Who sends by a token; TooManyTries after many wrong ones from an address."""
    found = tokens.sender(context, token)
    if found is None:
        # Left standing as failed: a right token costs no such row.
        throttle.count(context, "player token", token, address)
    return found


def submit(context: Context, who: Sender, sent: Submission) -> Taken | None:
    """Keep what was sent, all of it or nothing; None when there is nothing to derive.

    Plays that were sent before are there already, whatever order they come in.
    """
    if sent.kind == "playing_now":
        [play] = sent.plays
        tokens.set_playing(context, who, _shown(play), _life(play))
        return None
    taker = Taker(context, who.person.id, PlaySource.SUBMITTED)
    with context.session() as session:
        taken = taker.take(session, sent.plays)
        if taken.new:  # or two servers that pass on to each other would never end
            relaying.take(session, who.person.id, sent)
        session.commit()
    return taken if taken.new else None


def _shown(play: ToldPlay) -> dict[str, str | None]:
    return {"title": play.title, "artist": ", ".join(play.artists), "album": play.album}


def _life(play: ToldPlay) -> timedelta:
    if play.duration_ms is None:
        return _UNKNOWN_LENGTH
    return min(timedelta(milliseconds=play.duration_ms), _LONGEST)
