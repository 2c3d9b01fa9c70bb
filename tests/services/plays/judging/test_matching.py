from dataclasses import fields

import numpy as np
import pytest

from tests.services.plays.judging import made_up
from tests.services.plays.judging.made_up import Seen, World
from ttt.plays import SENSE_SHIFT, Counts, How, PlaySource, Sense
from ttt.services.plays.judging import matching
from ttt.services.plays.judging.told import Told

T = 1_700_000_000
FULL, RECENT, LASTFM = PlaySource.SPOTIFY_HISTORY, PlaySource.SPOTIFY_RECENT, PlaySource.LASTFM


def row(
    told: int, ms: int | None, source: PlaySource = FULL, *, track: int = 1, **more: int
) -> tuple[int, ...]:
    """A told play; the recording is that of track modulo 100, times count from T."""
    length = -1 if ms is None else ms
    ends = source is FULL
    begun = more.get("started", told - length // 1000 if ends else told)
    how, duration = more.get("how", 0), more.get("duration", -1)
    return (T + told, T + begun, length, track, track % 100, source, how, duration)


def judged(*rows: tuple[int, ...]) -> list[Counts]:
    verdicts = matching.judge(Told(*np.array(rows, np.int64).T))
    return [Counts(verdict) for verdict in verdicts.tolist()]


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(6_000, np.random.default_rng(11))


def seen(world: World, source: PlaySource) -> Seen:
    makers = {FULL: made_up.full, RECENT: made_up.recent, LASTFM: made_up.lastfm}
    return makers[source](world, np.random.default_rng(source))


def double_share(world: World, full: Seen, other: Seen) -> tuple[float, set[int]]:
    """Share of plays that count twice, and the plays that only the other told and that are lost."""
    verdicts = matching.judge(made_up.told(full, other))
    by_full = {play for play, _ in full}
    by_other = made_up.counted(other, verdicts[len(full) :])
    twice = sum(n if play in by_full else n - 1 for play, n in by_other.items())
    return twice / len(full), {play for play, _ in other} - by_full - set(by_other)


@pytest.mark.parametrize(("source", "at_most"), [(RECENT, 0.005), (LASTFM, 0.01)])
def test_hardly_a_play_counts_twice(world: World, source: PlaySource, at_most: float) -> None:
    twice, _ = double_share(world, seen(world, FULL), seen(world, source))
    assert twice <= at_most


@pytest.mark.parametrize("source", [RECENT, LASTFM])
def test_hardly_a_play_that_only_one_source_tells_is_lost(world: World, source: PlaySource) -> None:
    gone = set(np.random.default_rng(5).choice(len(world.plays), len(world.plays) // 8).tolist())
    full = [(play, row) for play, row in seen(world, FULL) if play not in gone]
    twice, lost = double_share(world, full, seen(world, source))
    alone = {p for p, _ in seen(world, source) if p in gone and not world.is_looped(p)}
    assert len(alone) > 300
    assert len({play for play in lost if not world.is_looped(play)}) <= 0.01 * len(alone)
    assert twice <= 0.01


def test_rows_get_the_same_verdicts_in_any_order(world: World) -> None:
    every = made_up.told(*(seen(world, source) for source in (FULL, RECENT, LASTFM)))
    # No two rows of the table are the same.
    columns = np.unique(np.array([getattr(every, f.name) for f in fields(Told)]), axis=1)
    told = Told(*columns)
    order = np.random.default_rng(3).permutation(len(told))
    mixed = Told(*(getattr(told, f.name)[order] for f in fields(Told)))
    assert np.array_equal(matching.judge(told)[order], matching.judge(mixed))


def test_nothing_told_has_no_verdicts() -> None:
    assert len(matching.judge(Told(*np.empty((8, 0), np.int64)))) == 0


def test_half_a_minute_is_a_play_and_less_is_a_skip() -> None:
    assert judged(row(100, 30_000), row(900, 29_999, track=2)) == [Counts.PLAY, Counts.SKIP]


def test_the_whole_of_a_shorter_track_is_a_play() -> None:
    assert judged(
        row(100, 20_000, duration=20_500), row(900, 12_000, track=2, duration=20_500)
    ) == [
        Counts.PLAY,
        Counts.SKIP,
    ]
    assert judged(row(100, 29_999, duration=30_000)) == [Counts.SKIP]


def test_a_play_of_unknown_length_counts_unless_it_was_skipped() -> None:
    rows = row(100, None, LASTFM), row(900, None, LASTFM, track=2, how=How.SKIPPED)
    assert judged(*rows) == [Counts.PLAY, Counts.SKIP]


def test_the_same_track_sooner_than_it_was_played_is_impossible() -> None:
    assert judged(row(300, 200_000), row(330, 200_000), row(531, 200_000)) == [
        Counts.PLAY,
        Counts.IMPOSSIBLE,
        Counts.PLAY,
    ]


def test_offline_plays_told_at_once_are_judged_by_their_starts() -> None:
    far = 90_000
    first = row(far, 200_000, started=0, how=How.OFFLINE)
    second = row(far + 1, 200_000, started=200, how=How.OFFLINE)
    assert judged(first, second) == [Counts.PLAY, Counts.PLAY]


def test_two_scrobbles_within_half_a_minute_are_one() -> None:
    rows = row(0, None, LASTFM), row(29, None, LASTFM), row(35, None, LASTFM)
    assert judged(*rows) == [Counts.PLAY, Counts.DOUBLE, Counts.PLAY]


def test_a_start_told_elsewhere_is_there_already() -> None:
    assert judged(row(200, 200_000), row(2, None, LASTFM, track=101)) == [
        Counts.PLAY,
        Counts.THERE_ALREADY,
    ]


def test_another_recording_at_the_same_time_is_another_play() -> None:
    assert judged(row(200, 200_000), row(2, None, LASTFM, track=2))[1] is Counts.PLAY


def test_a_play_takes_one_row_of_a_source_and_the_nearest() -> None:
    rows = row(200, 200_000), row(12, None, LASTFM, track=101), row(1, None, LASTFM, track=201)
    assert judged(*rows) == [Counts.PLAY, Counts.DOUBLE, Counts.THERE_ALREADY]


def test_a_second_row_up_to_the_end_of_a_play_is_a_double() -> None:
    rows = row(200, 200_000), row(1, None, LASTFM, track=101), row(210, None, LASTFM, track=201)
    assert judged(*rows) == [Counts.PLAY, Counts.THERE_ALREADY, Counts.DOUBLE]


def test_what_was_skipped_made_a_scrobble_only_perhaps() -> None:
    rows = row(10, 10_000), row(0, None, LASTFM, track=101)
    assert judged(*rows) == [Counts.SKIP, Counts.PERHAPS_THERE]


def test_of_two_plays_near_a_row_the_one_as_long_as_it_made_it() -> None:
    tracker = PlaySource.STATS_TRACKER
    long, short = row(100, 40_000), row(110, 10_000)
    rows = row(110, 40_000, tracker, started=70), row(118, 10_000, tracker, started=108)
    assert judged(long, short, *rows)[2:] == [Counts.THERE_ALREADY] * 2


def test_a_recorder_that_tells_a_play_twice_within_half_a_minute_tells_one() -> None:
    assert judged(row(0, None, RECENT), row(29, None, RECENT)) == [Counts.PLAY, Counts.DOUBLE]


def test_a_loop_told_by_both_counts_once_each() -> None:
    full = [row(200 * n, 200_000) for n in (1, 2, 3)]
    scrobbles = [row(200 * n + 1, None, LASTFM, track=101) for n in (0, 1, 2)]
    assert judged(*full, *scrobbles) == [Counts.PLAY] * 3 + [Counts.THERE_ALREADY] * 3


def test_a_row_inside_a_play_is_there_perhaps() -> None:
    paused = row(1_000, 200_000, started=0)
    assert judged(paused, row(400, None, LASTFM, track=101)) == [
        Counts.PLAY,
        Counts.PERHAPS_THERE,
    ]


def test_a_minute_holds_the_end() -> None:
    data = PlaySource.SPOTIFY_ACCOUNT_DATA
    minute = -(T % 60)
    assert judged(row(minute + 58, 200_000), row(minute, 200_000, data, track=101))[1] is (
        Counts.THERE_ALREADY
    )
    assert (
        judged(row(minute + 90, 200_000), row(minute, 200_000, data, track=101))[1] is Counts.PLAY
    )


def test_a_minute_holds_the_start_where_its_row_says_so() -> None:
    how = Sense.START_MINUTE << SENSE_SHIFT
    scrobble = row(0, None, LASTFM, track=101, how=how)
    # Its last second, and fifteen more that are near.
    assert judged(row(274, 200_000), scrobble)[1] is Counts.THERE_ALREADY
    assert judged(row(275, 200_000), scrobble)[1] is Counts.PLAY


def test_the_full_list_outranks_its_excerpt_where_that_has_nearly_all_of_it() -> None:
    full = [row(1_000 * n, 200_000, track=n) for n in range(1, 21)]
    excerpt = [row(1_000 * n, None, RECENT, track=n) for n in range(1, 21)]
    stray = row(10_500, None, RECENT, track=50)
    assert judged(*full, *excerpt, stray)[-1] is Counts.OUTRANKED
    assert judged(*full[::2], *excerpt, stray)[-1] is Counts.PLAY


def test_the_full_list_says_nothing_of_a_hole_in_it() -> None:
    later = 30 * 86_400
    full = [row(1_000 * n, 200_000, track=n) for n in range(1, 21)]
    full += [row(later + 1_000 * n, 200_000, track=n) for n in range(1, 21)]
    excerpt = [row(1_000 * n, None, RECENT, track=n) for n in range(1, 21)]
    stray = row(later // 2, None, RECENT, track=50)
    assert judged(*full, *excerpt, stray)[-1] is Counts.PLAY


@pytest.mark.parametrize("told", [15, -15])
def test_fifteen_seconds_from_the_start_are_near(told: int) -> None:
    scrobble = row(told, None, LASTFM, track=101)
    assert judged(row(200, 200_000), scrobble)[1] is Counts.THERE_ALREADY


def test_sixteen_seconds_are_not_and_before_the_start_that_is_another_play() -> None:
    scrobbles = row(16, None, LASTFM, track=101), row(-16, None, LASTFM, track=101)
    assert judged(row(200, 200_000), scrobbles[0])[1] is Counts.PERHAPS_THERE
    assert judged(row(200, 200_000), scrobbles[1])[1] is Counts.PLAY


def test_two_scrobbles_half_a_minute_apart_are_two() -> None:
    assert judged(row(0, None, LASTFM), row(30, None, LASTFM)) == [Counts.PLAY] * 2


def test_plays_may_overlap_by_two_seconds_as_clocks_round() -> None:
    first = row(200, 200_000)
    assert judged(first, row(398, 200_000))[1] is Counts.PLAY
    assert judged(first, row(397, 200_000))[1] is Counts.IMPOSSIBLE


@pytest.mark.parametrize(
    ("ms", "how", "duration", "is_play"),
    [
        (30_000, 0, -1, True),
        (29_999, 0, 0, False),
        (5_000, 0, 0, False),
        (1, 0, 1, True),
        (0, 0, 10_000, False),
        (9_500, 0, 10_000, True),
        (9_499, 0, 10_000, False),
        (28_500, 0, 29_999, True),
        (29_999, 0, 30_000, False),
        (30_000, How.SKIPPED, -1, True),
        (-1, How.OFFLINE | How.SHUFFLE, -1, True),
        (-1, How.SKIPPED | How.SHUFFLE, -1, False),
    ],
)
def test_a_play_is_half_a_minute_or_95_of_100_of_a_shorter_track(
    ms: int, how: int, duration: int, is_play: bool
) -> None:
    (verdict,) = matching.lengths(*(np.array([n], np.int64) for n in (ms, how, duration)))
    assert verdict == (Counts.PLAY if is_play else Counts.SKIP)


def spotify(count: int, first: int = 0) -> list[tuple[int, ...]]:
    return [row(first + 1_000 * n, 200_000, track=n) for n in range(1, count + 1)]


def recorded(count: int) -> list[tuple[int, ...]]:
    return [row(1_000 * n, None, RECENT, track=n) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("stray", "matched", "verdict"),
    [
        (9_500, 9, Counts.OUTRANKED),
        (9_500, 8, Counts.PLAY),
        (1_000, 9, Counts.OUTRANKED),
        (999, 9, Counts.PLAY),
        (20_000, 9, Counts.OUTRANKED),
        (20_001, 9, Counts.PLAY),
    ],
)
def test_nine_tenths_of_an_excerpt_are_enough_within_the_full_list(
    stray: int, matched: int, verdict: Counts
) -> None:
    rows = [*spotify(20), *recorded(matched), row(stray, None, RECENT, track=50)]
    assert judged(*rows)[-1] is verdict


@pytest.mark.parametrize(("days", "verdict"), [(0, Counts.OUTRANKED), (1, Counts.PLAY)])
def test_the_full_list_has_a_hole_where_it_is_silent_for_more_than_three_days(
    days: int, verdict: Counts
) -> None:
    later = 10_000 + 3 * 86_400 + days - 1_000
    rows = [*spotify(10), *spotify(10, first=later), *recorded(9)]
    assert judged(*rows, row(50_000, None, RECENT, track=50))[-1] is verdict


LATER = 30 * 86_400


@pytest.mark.parametrize(
    ("stray", "verdict"),
    [
        (LATER + 9_500, Counts.OUTRANKED),
        (LATER + 1_000, Counts.OUTRANKED),
        (LATER + 999, Counts.PLAY),
        (LATER + 20_000, Counts.OUTRANKED),
        (LATER + 20_001, Counts.PLAY),
        (9_500, Counts.PLAY),
        (20_000, Counts.PLAY),
    ],
)
def test_on_each_side_of_a_hole_the_full_list_outranks_by_itself(
    stray: int, verdict: Counts
) -> None:
    told = [row(LATER + 1_000 * n, None, RECENT, track=n) for n in range(1, 10)]
    rows = [*spotify(20), *spotify(20, first=LATER), *told]
    assert judged(*rows, row(stray, None, RECENT, track=50))[-1] is verdict
