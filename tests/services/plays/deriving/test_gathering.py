"""Verdicts, years and pages are gathered part by part, for what changed and what was asked for."""

from datetime import UTC, datetime

import numpy as np
import pytest
from sqlmodel import Session, update

from tests.services.plays.conftest import T, add_user, play, rows_of, scrobble
from ttt.models import HistoryUpload, Play, Track
from ttt.plays import Counts, PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.plays import taking
from ttt.services.plays.bringing.uploads import State
from ttt.services.plays.deriving import deriving, gathering, pages, parts, verdicts
from ttt.services.plays.judging import stretches
from ttt.services.plays.taking import RECORDED
from ttt.store.plays import judged, told
from ttt.store.plays.derived import pages as stored
from ttt.store.plays.judged import Columns

DAY = 86_400
YEARS = {year: pages.seconds(year) - T for year in (2022, 2023, 2024, 2025)}
HISTORY = PlaySource.SPOTIFY_HISTORY


@pytest.fixture
def ada(context: Context) -> int:
    return add_user(context)


def tell(
    context: Context,
    user_id: int,
    plays: list[ToldPlay],
    source: PlaySource = HISTORY,
    upload_id: int = RECORDED,
) -> None:
    with context.session() as session:
        taking.Taker(context, user_id, source, upload_id).take(session, plays)
        session.commit()


def forget_verdicts(context: Context) -> None:
    with context.session() as session:
        session.exec(update(Play).values(counts=Counts.UNJUDGED))
        session.commit()


@pytest.mark.parametrize("together", [1, 100])
def test_pages_are_made_of_years_that_changed_or_were_asked_for(
    context: Context, ada: int, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "TOGETHER", together)
    at = [YEARS[year] + day * DAY for year in (2022, 2024) for day in (100, 200)]
    tell(context, ada, [play(at[0]), play(at[1], "b", 5_000), play(at[2]), play(at[3], "b")])
    forget_verdicts(context)
    with context.session() as session:
        every = parts.everything(session, ada)
        found = gathering.gather(session, ada, every, None, [2023], with_pages=True)
        again = parts.everything(session, ada)
        without = gathering.gather(session, ada, again, None, [2023], with_pages=False)
    assert (found.rows, found.years) == (4, {2022, 2023, 2024})
    made = sorted((page.year, page.plays, page.user_id, bool(page.data)) for page in found.pages)
    assert made == [(2022, 1, ada, True), (2023, 0, ada, False), (2024, 2, ada, True)]
    assert (without.rows, without.years, without.pages) == (4, {2022, 2023, 2024}, [])
    assert sum(len(counts) for _, counts in without.changed) == 4


def test_what_is_judged_as_before_is_no_change(context: Context, ada: int) -> None:
    at = YEARS[2022] + 100 * DAY
    tell(context, ada, [play(at), play(at + 900)])
    forget_verdicts(context)
    assert deriving.derive(context, ada) == deriving.Derived(judged=2, changed=2)
    assert deriving.derive(context, ada) == deriving.Derived()
    assert deriving.derive(context, ada, whole=True) == deriving.Derived(judged=2, changed=0)
    with context.session() as session:
        found = gathering.gather(
            session, ada, parts.everything(session, ada), None, [], with_pages=True
        )
    assert (found.rows, found.changed, found.years, found.pages) == (2, [], set(), [])


@pytest.mark.parametrize(("disturbed", "locks"), [(0, 0), (3, 0), (4, 1)])
def test_who_is_disturbed_four_times_keeps_others_away(
    context: Context, ada: int, disturbed: int, locks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(context, ada, [play(0)])
    raise_from, touch, left, locked = told.raise_from, told.touch, [disturbed], []

    def raised(session: Session, user_id: int, seen: int) -> bool:
        left[0] -= 1
        return left[0] < 0 and raise_from(session, user_id, seen)

    def touched(session: Session, user_id: int) -> None:
        locked.append(user_id)
        touch(session, user_id)

    monkeypatch.setattr(deriving.told, "raise_from", raised)
    monkeypatch.setattr(deriving.told, "touch", touched)
    assert deriving.derive(context, ada).judged == 1
    assert locked == [ada] * locks


def columns(*rows: tuple[int, int, int | None, int, Counts]) -> Columns:
    """Start since T, track, ms, how and verdict of each."""
    made = [
        (T + at + 200, track, 1, T + at, -1 if ms is None else ms, how, 2, counts, RECORDED)
        for at, track, ms, how, counts in rows
    ]
    return judged._block(np.array(made, np.int64))


def test_a_page_has_the_rows_that_count_of_its_year_by_start_and_track() -> None:
    year = YEARS[2024]
    rows = columns(
        (year - 1, 1, 200_000, 0, Counts.PLAY),
        (year + 50, 2, None, 4, Counts.PLAY),
        (year + 50, 1, 5_000, 1, Counts.SKIP),
        (year, 3, 0, 0, Counts.SKIP),
        (year + 90, 1, 200_000, 0, Counts.DOUBLE),
        (YEARS[2025], 1, 200_000, 0, Counts.PLAY),
        (YEARS[2025] - 1, 1, 200_000, 0, Counts.PLAY),
    )
    page = pages.made(7, 2024, rows, rows.counts)
    assert (page.user_id, page.year, page.plays) == (7, 2024, 2)
    table = rows_of(page).to_pydict()
    assert table["track"] == [3, 1, 2, 1]
    assert [at - T - year for at in table["started"][:3]] == [0, 50, 50]
    assert table["ms"] == [0, 5_000, None, 200_000]
    assert table["play"] == [False, False, True, True]
    assert (table["how"], table["source"], table["device"]) == ([0, 1, 4, 0], [1] * 4, [2] * 4)
    nothing = pages.made(7, 2021, rows, rows.counts)
    assert (nothing.plays, nothing.data) == (0, b"")


@pytest.mark.parametrize("year", [1969, 1970, 1971, 2000, 2024])
def test_a_year_begins_at_its_first_second_of_utc(year: int) -> None:
    first = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    assert pages.seconds(year) == first
    assert pages.years(np.array([first - 1, first])).tolist() == [year - 1, year]


@pytest.mark.parametrize(
    ("state", "is_held"),
    [(State.WAITING, True), (State.READING, True), (State.ASKING, True), (State.DONE, False)],
)
def test_plays_of_an_upload_that_is_not_done_do_not_count_but_when_it_is_ready(
    context: Context, ada: int, state: State, is_held: bool
) -> None:
    with context.session() as session:
        upload = HistoryUpload(
            user_id=ada, name="a", size=1, state=state, created_at=context.now(), sha256="a"
        )
        session.add(upload)
        session.commit()
        number = upload.id
    assert number is not None
    tell(context, ada, [play(0), play(900, "b")])
    tell(context, ada, [play(1_800, "c")], upload_id=number)
    with context.session() as session:
        rows = judged.read(session, ada)
        assert verdicts.held(session, ada, rows, None).tolist() == [False, False, is_held]
        assert verdicts.held(session, ada + 1, rows, None).tolist() == [False] * 3
        assert verdicts.held(session, ada, rows, number).tolist() == [False] * 3
        counts = verdicts.of(session, ada, rows, verdicts.known(session, rows), None).tolist()
    last = Counts.UNJUDGED if is_held else Counts.PLAY
    assert counts == [Counts.PLAY, Counts.PLAY, last]


def test_tracks_are_judged_by_their_lengths_up_to_two_days(context: Context, ada: int) -> None:
    tell(context, ada, [play(0), play(900, "b"), play(1_800, "c")])
    with context.session() as session:
        rows = judged.read(session, ada)
        for number, length in zip(rows.track.tolist(), (200_000, None, 10**9), strict=True):
            track = session.get(Track, number)
            assert track is not None
            track.duration_ms = length
        session.flush()
        known = verdicts.known(session, rows)
        assert known.told.duration.tolist() == [200_000, -1, 1000 * stretches.LONGEST]
        assert known.told.recording.tolist() == rows.track.tolist()
        nothing = verdicts.known(session, rows.only(np.zeros(3, bool)))
    assert len(nothing.told) == 0
    assert known.only(np.array([True, False, True])).first.tolist() == known.first[[0, 2]].tolist()


def test_recordings_are_looked_for_where_several_sources_tell(context: Context, ada: int) -> None:
    tell(context, ada, [play(200)])
    tell(context, ada, [scrobble(2)], PlaySource.LASTFM)
    with context.session() as session:
        rows = judged.read(session, ada)
        counts = dict(
            zip(rows.source.tolist(), verdicts.alone(session, ada, rows).tolist(), strict=True)
        )
        assert counts == {HISTORY: Counts.PLAY, PlaySource.LASTFM: Counts.THERE_ALREADY}
        for_one = rows.only(rows.source == HISTORY)
        assert verdicts.alone(session, ada, for_one).tolist() == [Counts.PLAY]
        assert verdicts.alone(session, ada, rows.only(rows.source == 99)).tolist() == []


@pytest.mark.parametrize("step", [43_200, 86_400])
def test_whose_history_it_is_is_seen_in_all_of_its_time(
    context: Context, ada: int, step: int
) -> None:
    bob = add_user(context, "bob")
    for user_id, track in ((ada, "a"), (bob, "b")):
        tell(context, user_id, [play(step * n, track) for n in range(30)], upload_id=7)
        heard = [scrobble(step * n - 200, "a") for n in range(1, 29)]
        tell(context, user_id, heard, PlaySource.SUBMITTED)
    assert [deriving.is_foreign(context, user_id, 7) for user_id in (ada, bob)] == [False, True]


def test_pages_of_some_years_are_written_anew_and_others_stay(context: Context, ada: int) -> None:
    tell(context, ada, [play(YEARS[year] + 100 * DAY) for year in (2022, 2023)])
    deriving.derive(context, ada)

    assert kept_years(context, ada) == [2022, 2023]
    with context.session() as session:
        told.forget(session, ada, RECORDED)
        session.commit()
    deriving.derive(context, ada, (T + YEARS[2022] + 1, T + YEARS[2022] + DAY))
    assert kept_years(context, ada) == [2023]


def kept_years(context: Context, user_id: int) -> list[int]:
    with context.session() as session:
        return [page.year for page in stored.read(session, user_id)]
