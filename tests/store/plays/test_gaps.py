"""Gaps are each person's own, and a history closes those that it covers whole."""

from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.models import PlayGap
from ttt.plays import PlaySource
from ttt.store.plays import gaps

RECENT, LASTFM = PlaySource.SPOTIFY_RECENT, PlaySource.LASTFM
HOUR = timedelta(hours=1)


def keep(
    session: Session, user_id: int, at: datetime, source: PlaySource = RECENT, hours: int = 1
) -> None:
    gap = PlayGap(
        user_id=user_id, source=source, from_at=at, until_at=at + hours * HOUR, reason="away"
    )
    gaps.save(session, gap)


def spans(session: Session, user_id: int, **which: bool) -> list[tuple[int, int]]:
    """Seconds from and until, by an own clock that begins with the first gap."""
    session.expire_all()
    found = gaps.of_user(session, user_id, **which)
    first = found[0].from_at if found else None
    return [
        (int((one.from_at - first).total_seconds()), int((one.until_at - first).total_seconds()))
        for one in found
        if first is not None
    ]


def test_a_gap_grows_in_its_place(session: Session, ada: int, now: datetime) -> None:
    keep(session, ada, now)
    keep(session, ada, now, hours=2)
    assert spans(session, ada) == [(0, 7_200)]
    keep(session, ada, now, LASTFM)
    keep(session, ada, now + HOUR)
    assert len(spans(session, ada)) == 3


def test_somebodys_gap_is_dropped_by_its_start_and_source(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for user_id in (ada, bob):
        for source in (RECENT, LASTFM):
            keep(session, user_id, now, source)
            keep(session, user_id, now + 2 * HOUR, source)
    gaps.drop(session, ada, RECENT, now)
    assert [len(spans(session, who)) for who in (ada, bob)] == [3, 4]
    left = {(gap.source, gap.from_at > now) for gap in gaps.of_user(session, ada)}
    assert left == {(LASTFM, False), (RECENT, True), (LASTFM, True)}
    gaps.forget(session, ada, LASTFM)
    assert [len(spans(session, who)) for who in (ada, bob)] == [1, 4]


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def test_a_history_closes_what_it_covers_to_the_second_and_undoing_opens_it_again(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    at = now.replace(microsecond=0)
    for user_id in (ada, bob):
        keep(session, user_id, at)
    keep(session, ada, at, LASTFM)
    first = seconds(at)
    whole = (first, first + 3_600)
    for span in ((first + 1, first + 3_600), (first, first + 3_599)):
        assert gaps.close(session, ada, 7, [RECENT], span) == 0
    assert gaps.close(session, ada, 7, [RECENT], whole) == 1
    assert [len(spans(session, who, open_only=True)) for who in (ada, bob)] == [1, 1]
    assert gaps.close(session, ada, 8, [RECENT, LASTFM], whole) == 1
    gaps.drop(session, ada, RECENT, at)
    gaps.reopen(session, bob, 7)
    assert spans(session, ada, open_only=True) == []
    gaps.reopen(session, ada, 7)
    assert len(spans(session, ada, open_only=True)) == 1
    assert len(spans(session, ada)) == 2
