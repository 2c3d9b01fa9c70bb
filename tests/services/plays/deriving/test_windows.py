"""What is judged around a change alone gets the verdicts that all plays together give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.services.plays.conftest import T, add_user, forget, kept, play, scrobble, shown
from ttt.models import PlayChange
from ttt.plays import Counts, How, PlaySource, Sense, ToldPlay
from ttt.services.context import Context
from ttt.services.plays import taking
from ttt.services.plays.deriving import deriving, verdicts, windows
from ttt.services.plays.judging import matching, stretches
from ttt.services.plays.taking import RECORDED
from ttt.store.plays import judged
from ttt.store.plays.judged import Columns

HOUR, DAY = 3_600, 86_400
BY_ID = (PlaySource.SPOTIFY_HISTORY, PlaySource.SPOTIFY_RECENT, PlaySource.SUBMITTED)
BY_NAMES = (PlaySource.LASTFM, PlaySource.SPOTIFY_ACCOUNT_DATA, PlaySource.APPLE_MUSIC)
_numbers = count()


@dataclass
class Change:
    """Something that is told or taken back: `upload` is RECORDED for what was recorded."""

    source: PlaySource
    plays: list[ToldPlay] = field(default_factory=list)
    upload: int = RECORDED
    undo: bool = False


@st.composite
def told(draw: st.DrawFn, source: PlaySource) -> ToldPlay:
    """A play of one of two songs on one of some days, near to others or far from them."""
    song = draw(st.sampled_from("aab"))
    at = draw(st.sampled_from([0, 0, 0, 3, 9])) * DAY + draw(st.integers(0, 18)) * 600
    at += draw(st.integers(0, 2)) * 12
    ms = draw(st.sampled_from([None, 0, 200_000, 5_000_000, 7_000_000]))
    more: dict[str, Any] = {"ms": ms}
    if source is PlaySource.APPLE_MUSIC and draw(st.booleans()):
        more["sense"] = Sense.DAY
    if source in BY_NAMES:
        return scrobble(at, song, **more)
    if draw(st.integers(0, 4)) == 0:
        more |= {"how": int(How.OFFLINE), "started_at": T + at - draw(st.integers(0, 30)) * HOUR}
    return play(at, song, **more)


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """Rounds, imports and what is taken back of them, in any order."""
    made, uploads = list[Change](), count(1)
    for _ in range(draw(st.integers(1, 6))):
        source = draw(st.sampled_from(BY_ID + BY_NAMES))
        imports = [change for change in made if change.upload and not change.undo]
        if imports and draw(st.integers(0, 3)) == 0:
            chosen = draw(st.sampled_from(imports))
            made.append(Change(chosen.source, upload=chosen.upload, undo=True))
            continue
        plays = draw(st.lists(told(source), min_size=1, max_size=6))
        upload = next(uploads) if draw(st.integers(0, 2)) == 0 else RECORDED
        made.append(Change(source, plays, upload))
    return made


def make(context: Context, user_id: int, change: Change) -> None:
    """Make a change as recorders, imports and undoing do."""
    if change.undo:
        forget(context, user_id, change.upload)
        return
    take(context, user_id, change.plays, change.source, change.upload)
    times = [told.told_at for told in change.plays]
    span = stretches.around(min(times), max(times)) if change.upload else None
    deriving.derive(context, user_id, span)


def take(
    context: Context,
    user_id: int,
    plays: Sequence[ToldPlay],
    source: PlaySource,
    upload: int = RECORDED,
) -> None:
    with context.session() as session:
        taking.Taker(context, user_id, source, upload).take(session, plays)
        session.commit()


@pytest.mark.slow  # each example judges all anew several times
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=changes())
def test_what_is_judged_by_itself_is_judged_as_among_all(
    context: Context, made: list[Change]
) -> None:
    user_id = add_user(context, f"ada{next(_numbers)}")
    for change in made:
        make(context, user_id, change)
        alone = kept(context, user_id), shown(context, user_id)
        assert deriving.derive(context, user_id, whole=True).changed == 0
        assert (kept(context, user_id), shown(context, user_id)) == alone


def history(days: int) -> list[ToldPlay]:
    """A play an hour through some days, but for the nights."""
    hours = [day * 24 + hour for day in range(days) for hour in range(12)]
    return [play(HOUR * hour, "abc"[hour % 3]) for hour in hours]


@pytest.mark.parametrize("source", [PlaySource.SPOTIFY_RECENT, PlaySource.SUBMITTED])
def test_a_small_change_has_only_its_surroundings_judged(
    context: Context, source: PlaySource
) -> None:
    user_id = add_user(context)
    take(context, user_id, history(200), PlaySource.SPOTIFY_HISTORY)
    assert deriving.derive(context, user_id).judged == 2_400
    take(context, user_id, [play(210 * DAY), play(210 * DAY + 300, "b")], source)
    assert deriving.derive(context, user_id).judged == 2
    assert deriving.derive(context, user_id).judged == 0
    assert len(shown(context, user_id)) == 2_402


def test_a_small_change_has_only_its_surroundings_read(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_id = add_user(context)
    take(context, user_id, [play(0), play(90 * DAY)], PlaySource.SUBMITTED)
    deriving.derive(context, user_id)
    read, looks = judged.read, list[tuple[int, int]]()

    def noted(session: Session, user_id: int, since: int, until: int) -> Columns:
        looks.append((since, until))
        return read(session, user_id, since, until)

    monkeypatch.setattr(windows.judged, "read", noted)
    with context.session() as session:
        windows.read(session, user_id, [(T + 90 * DAY, T + 90 * DAY)])
        windows.read(session, user_id, [(T + 45 * DAY, T + 45 * DAY)])
    assert [(since - T) // DAY for since, _ in looks] == [83, 38]


def test_it_is_looked_as_far_as_something_that_is_told_late_can_reach(context: Context) -> None:
    user_id = add_user(context)
    every_two_hours = [scrobble(2 * HOUR * n, "b") for n in range(1, 50)]
    take(context, user_id, [*every_two_hours, scrobble(4 * DAY + 500)], PlaySource.SUBMITTED)
    late = play(7 * DAY + HOUR, how=int(How.OFFLINE), started_at=T + 4 * DAY + 500)
    take(context, user_id, [late], PlaySource.SPOTIFY_HISTORY)
    deriving.derive(context, user_id)
    take(context, user_id, [scrobble(0, "b")], PlaySource.SUBMITTED)
    assert deriving.derive(context, user_id).judged == 52
    verdicts = [verdict for *_, verdict in kept(context, user_id)]
    assert verdicts.count(Counts.THERE_ALREADY) == 1
    assert deriving.derive(context, user_id, whole=True).changed == 0


def test_what_was_judged_is_noted_once_however_much_comes(context: Context) -> None:
    user_id = add_user(context)
    take(context, user_id, history(20), PlaySource.SPOTIFY_HISTORY)
    for number in range(5):
        take(context, user_id, [play(30 * DAY + 300 * number)], PlaySource.SUBMITTED)
        deriving.derive(context, user_id)
    with context.session() as session:
        assert [change.judged for change in session.exec(select(PlayChange))] == [True]
    assert deriving.people_due(context) == [user_id]
    assert deriving.shares_waiting(context, 16) == []


def test_within_spotifys_full_list_all_of_it_is_judged(context: Context) -> None:
    user_id = add_user(context)
    take(context, user_id, history(20), PlaySource.SPOTIFY_HISTORY)
    deriving.derive(context, user_id)
    take(context, user_id, [play(DAY + 40, "c")], PlaySource.SPOTIFY_RECENT)
    assert deriving.derive(context, user_id).judged == 241


def test_what_a_killed_process_had_not_judged_is_judged_with_what_comes_next(
    context: Context,
) -> None:
    user_id = add_user(context)
    take(context, user_id, [play(0)], PlaySource.SUBMITTED)
    take(context, user_id, [play(90 * DAY)], PlaySource.SUBMITTED)
    assert deriving.derive(context, user_id).judged == 2
    assert len(shown(context, user_id)) == 2


def test_the_night_goes_through_all_that_changed(context: Context) -> None:
    ada, bob = add_user(context), add_user(context, "bob")
    for user_id in (ada, bob):
        take(context, user_id, history(3), PlaySource.SUBMITTED)
        deriving.derive(context, user_id)
    assert deriving.people_due(context) == []
    take(context, bob, [play(90 * DAY)], PlaySource.SUBMITTED)
    deriving.derive(context, bob)
    assert deriving.people_due(context) == [bob]
    deriving.derive(context, bob, whole=True)
    assert deriving.people_due(context) == []
    with context.session() as session:
        assert session.exec(select(PlayChange)).all() == []


def test_what_a_change_touches_through_another_play_is_judged_too(context: Context) -> None:
    user_id = add_user(context)
    take(context, user_id, [play(9_000, ms=9_000_000)], PlaySource.SPOTIFY_HISTORY)
    take(context, user_id, [scrobble(7_200)], PlaySource.SUBMITTED)
    deriving.derive(context, user_id)
    # Nearer to the start of that play, so it takes it from the one that was there.
    take(context, user_id, [scrobble(2_000)], PlaySource.SUBMITTED)
    assert deriving.derive(context, user_id).judged == 3
    alone = kept(context, user_id)
    assert [verdict for *_, verdict in alone].count(Counts.DOUBLE) == 1
    assert deriving.derive(context, user_id, whole=True).changed == 0


@pytest.mark.parametrize(
    ("within", "every", "is_most"),
    [(1_000, 1_000, False), (1_001, 2_001, True), (1_001, 2_002, False)],
)
def test_all_is_judged_where_more_than_a_thousand_plays_and_half_are_touched(
    context: Context,
    within: int,
    every: int,
    is_most: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def count(_session: Session, _user_id: int, *span: int) -> int:
        return within // 7 + (within % 7) * (span[0] == 0) if span else every

    monkeypatch.setattr(windows.judged, "count", count)
    with context.session() as session:
        assert windows._is_most(session, 1, [(n, n + 1) for n in range(7)]) is is_most


@pytest.mark.parametrize(
    ("away", "ranked"), [(matching.SILENCE, True), (matching.SILENCE + 1, False)]
)
@pytest.mark.parametrize("side", [1, -1])
def test_the_full_list_is_near_up_to_three_days_where_there_are_excerpts(
    context: Context, away: int, ranked: bool, side: int
) -> None:
    ada = add_user(context)
    take(context, ada, [play(0)], PlaySource.SPOTIFY_HISTORY)
    spans = [(T + side * away - 5 * (side < 0), T + side * away + 5 * (side > 0))]
    with context.session() as session:
        assert not windows._is_ranked(session, ada, spans)
    take(context, ada, [play(900 * DAY)], PlaySource.SPOTIFY_RECENT)
    with context.session() as session:
        assert windows._is_ranked(session, ada, spans) is ranked
        assert not windows._is_ranked(session, ada + 1, spans)


def test_all_is_read_near_spotifys_full_list_even_where_nothing_is_left(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, [play(0)], PlaySource.SPOTIFY_HISTORY)
    take(context, ada, [play(900 * DAY)], PlaySource.SPOTIFY_RECENT)
    with context.session() as session:
        near = windows.read(session, ada, [(T + 2 * DAY, T + 2 * DAY)])
        assert (near.whole, rows(near)) == (True, 2)
        far = windows.read(session, ada, [(T + 9 * DAY, T + 9 * DAY)])
        assert (far.whole, rows(far)) == (False, 0)


def test_all_is_read_where_most_of_it_is_touched(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, history(90), PlaySource.SUBMITTED)
    with context.session() as session:
        most = windows.read(session, ada, [(T, T + 85 * DAY)])
        assert (most.whole, rows(most)) == (True, 1_080)
        less = windows.read(session, ada, [(T, T + 82 * DAY)])
        assert (less.whole, rows(less)) == (False, 996)


def test_a_stretch_is_touched_up_to_a_silence_before_and_after_it(context: Context) -> None:
    ada = add_user(context)
    take(context, ada, [play(0), play(60 * DAY)], PlaySource.SUBMITTED)
    with context.session() as session:
        columns = judged.read(session, ada)
        known = verdicts.known(session, columns)
        first, last, away = int(known.first[0]), int(known.last[0]), stretches.SILENCE
        for span, touched in (
            ((last + away, last + away), True),
            ((last + away + 1, last + away + 9), False),
            ((first - away - 9, first - away), True),
            ((first - away - 9, first - away - 1), False),
        ):
            found = windows._touched(session, columns, [span])
            assert found[0].tolist() == [touched, False]
            assert found[1:] == ((first, last) if touched else (0, 0))


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("after", [False, True])
def test_it_is_looked_again_where_more_could_reach_into_what_was_found(
    context: Context, monkeypatch: pytest.MonkeyPatch, after: bool, more: int
) -> None:
    ada, looks = add_user(context), list[tuple[int, int]]()
    take(context, ada, [play(0), play(60 * DAY)], PlaySource.SUBMITTED)
    room = stretches.SILENCE + max(stretches.BACK, stretches.ON)
    with context.session() as session:
        known = verdicts.known(session, judged.read(session, ada))
        first, last = int(known.first[0]), int(known.last[0])
        read = judged.read
        monkeypatch.setattr(
            windows.judged, "read", lambda *asked: looks.append(asked[2:]) or read(*asked)
        )
        at = first if after else last
        enough = last - first + room + after
        monkeypatch.setattr(windows, "_FIRST_LOOK", enough - more)
        windows.read(session, ada, [(at, at)])
    margins = [enough - more, 4 * (enough - more)][: 1 + more]
    assert looks == [(at - margin, at + margin) for margin in margins]


def rows(window: windows.Window) -> int:
    return sum(len(part.columns.told) for part in window.parts)
