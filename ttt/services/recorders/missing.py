"""When plays may be missing from what was recorded of Spotify's list, a gap is kept."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from ttt.models import PlayGap, Recorder
from ttt.plays import PlaySource
from ttt.providers.spotify import RecentPlays
from ttt.services.context import Context
from ttt.services.recorders.reasons import GapReason
from ttt.store.plays import gaps, recorders
from ttt.store.plays.recorders import OFF, SPOTIFY

_SOURCE = PlaySource.SPOTIFY_RECENT
_AWAY = timedelta(hours=3)


def judge(context: Context, session: Session, recorder: Recorder, told: RecentPlays) -> bool:
    """Keep a gap where plays may be missing between what is known and what was told; whether so."""
    if recorder.ended_at is not None and recorder.asked_at is not None:
        gaps.drop(session, recorder.user_id, _SOURCE, recorder.asked_at)
    if recorder.newest_at is None or not told.plays or not told.full:
        return False
    oldest = datetime.fromtimestamp(told.plays[-1].told_at, UTC)
    if oldest <= recorder.newest_at:
        return False
    gap = _gap(recorder, recorder.newest_at, oldest, _reason(context, recorder))
    gaps.save(session, gap)
    return True


def _gap(recorder: Recorder, since: datetime, until: datetime, reason: GapReason) -> PlayGap:
    return PlayGap(
        user_id=recorder.user_id, source=_SOURCE, from_at=since, until_at=until, reason=reason.value
    )


def _reason(context: Context, recorder: Recorder) -> GapReason:
    if recorder.ended_at is not None:
        return GapReason.ENDED
    if recorder.error is not None:
        return GapReason.BLOCKED
    away = recorder.asked_at is not None and context.now() - recorder.asked_at > _AWAY
    return GapReason.AWAY if away else GapReason.MISSED


def lengthen(context: Context, session: Session) -> None:
    """What nobody records grows as a gap until it is recorded again."""
    for recorder in recorders.ended(session, SPOTIFY):
        if recorder.asked_at is not None and recorder.error != OFF:
            gap = _gap(recorder, recorder.asked_at, context.now(), GapReason.ENDED)
            gaps.save(session, gap)
