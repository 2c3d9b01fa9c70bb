"""Moods, genres, years and keys are what a plain weighing of the plays by their time says."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days
from tests.services.plays.measures.conftest import TODAY
from ttt import music
from ttt.chartdata import By, Spread, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.frame.span import between, everything, latest
from ttt.services.plays.measures.mood import genres, hours, odd, river, seasons, stripes, years
from ttt.services.plays.measures.mood.river import LEAST_HOURS
from ttt.services.plays.measures.mood.spread import whole

HOUR = 3_600_000
# What an hour weighs, or a play.
ONE = {By.MINUTES: HOUR, By.PLAYS: 180_000}


@pytest.fixture(params=list(By))
def by(request: pytest.FixtureRequest) -> By:
    found: By = request.param
    return found


def spread(values: list[tuple[float, int]]) -> Spread | None:
    found = plainly.quartiles(values)
    return None if found is None else Spread(*map(pytest.approx, found))  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", list(Measure))
def test_the_middle_is_where_half_of_the_time_lies(
    history: History, frame: Frame, span: Span, measure: Measure, by: By
) -> None:
    told = plainly.within(history, span)
    expected = spread(plainly.values(history, told, measure, by))

    assert whole(frame.within(span), measure, by) == expected


@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
def test_ribbons_hold_the_spread_of_each_step(
    history: History, frame: Frame, span: Span, step: Step, by: By
) -> None:
    by_step: dict[date, list[Told]] = defaultdict(list)
    for told in plainly.within(history, span):
        by_step[plainly.step_of(history.day(told), step)].append(told)
    recorded = {
        plainly.step_of(day, step)
        for day in days(span.first, span.last)
        if plainly.recorded(history, day)
    }

    data = river.river(frame, span, step, tuple(Measure), by)

    for ribbon in data.ribbons:
        for start, shown in zip(data.starts, ribbon.spreads, strict=True):
            values = plainly.values(history, by_step[start], ribbon.measure, by)
            enough = sum(weight for _, weight in values) > LEAST_HOURS * HOUR
            assert shown == (spread(values) if enough and start in recorded else None)


def test_lines_are_the_mean_of_the_middles_around(frame: Frame) -> None:
    span = everything(date(2016, 5, 20), TODAY)
    data = river.river(frame, span, Step.MONTH, (Measure.ENERGY,))
    spreads = data.ribbons[0].spreads
    for n, value in enumerate(data.ribbons[0].line):
        known = [s.middle for s in spreads[max(0, n - 1) : n + 2] if s]
        assert value == (pytest.approx(sum(known) / len(known)) if known else None)


def test_the_strip_says_for_how_much_all_values_are_known(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    data = river.river(frame, span, Step.MONTH, by=by)
    by_step: dict[date, list[Told]] = defaultdict(list)
    for told in plainly.within(history, span):
        by_step[plainly.step_of(history.day(told), Step.MONTH)].append(told)
    for start, share in zip(data.starts, data.known, strict=True):
        time = sum(plainly.weight(history, t, by) for t in by_step[start])
        has = [t for t in by_step[start] if history.track(t).energy is not None]
        known = sum(plainly.weight(history, t, by) for t in has)
        assert share == (pytest.approx(known / time) if time else None)


@pytest.mark.parametrize("measure", [Measure.ENERGY, Measure.TEMPO])
def test_hours_of_the_week_hold_means_over_time_or_plays(
    history: History, frame: Frame, span: Span, measure: Measure, by: By
) -> None:
    cells: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for told in plainly.within(history, span):
        at = history.at(told)
        cells[at.weekday(), at.hour] += plainly.values(history, [told], measure, by)

    data = hours.hours(frame, span, measure, by)

    for (day, hour), values in cells.items():
        time = sum(weight for _, weight in values)
        assert data.amounts[day][hour] == pytest.approx(time / ONE[by])
        enough = time >= hours.LEAST_HOURS * HOUR
        mean = sum(v * w for v, w in values) / time if enough else None
        assert data.values[day][hour] == (pytest.approx(mean) if enough else None)


def test_stripes_count_weeks_from_the_first_of_january(
    history: History, frame: Frame, by: By
) -> None:
    span = everything(date(2016, 5, 20), TODAY)
    cells: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for told in plainly.within(history, span):
        day = history.day(told)
        cells[day.year, (day - date(day.year, 1, 1)).days // 7].append(told)

    data = stripes.stripes(frame, span, Measure.VALENCE, by)

    for year, row in zip(data.years, data.cells, strict=True):
        for week, value in enumerate(row):
            told = cells[year, week]
            values = plainly.values(history, told, Measure.VALENCE, by)
            known = sum(weight for _, weight in values)
            fit = known > HOUR and known * 2 >= sum(plainly.weight(history, t, by) for t in told)
            found = plainly.quartiles(values) if fit else None
            assert value == (pytest.approx(found[1]) if found else None)


def test_seasons_are_three_months_each(history: History, frame: Frame, by: By) -> None:
    span = everything(date(2016, 5, 20), TODAY)
    data = seasons.seasons(frame, span, by=by)
    for n, season in enumerate(data.seasons):
        told = [t for t in plainly.within(history, span) if history.day(t).month % 12 // 3 == n]
        values = plainly.values(history, told, Measure.TEMPO, by)
        assert season.spreads[Measure.TEMPO] == spread(values)


def test_the_stream_shares_the_time_or_the_plays_of_three_steps(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    data = genres.stream(frame, span, by)
    named = data.names[:-2]
    time: dict[tuple[date, str], float] = defaultdict(float)
    everything_heard: dict[str, float] = defaultdict(float)
    for told in plainly.within(history, span):
        start = plainly.step_of(history.day(told), data.step)
        found = history.track(told).genres
        for genre in found or ("unknown",):
            part = plainly.weight(history, told, by) / max(1, len(found))
            everything_heard[genre] += part
            time[start, genre if genre in (*named, "unknown") else "others"] += part
    recorded = {
        plainly.step_of(day, data.step)
        for day in days(span.first, span.last)
        if plainly.recorded(history, day)
    }
    everything_heard.pop("unknown", None)
    assert set(named) == set(sorted(everything_heard, key=lambda g: -everything_heard[g])[:6])
    for n, start in enumerate(data.starts):
        around = [s for s in data.starts[max(0, n - 1) : n + 2] if s in recorded]
        total = sum(time[s, name] for s in around for name in data.names)
        for name, shares in zip(data.names, data.shares, strict=True):
            mine = sum(time[s, name] for s in around)
            shown = start in recorded and total >= HOUR / 2
            assert shares[n] == (pytest.approx(mine / total, abs=1e-9) if shown else None)


def test_release_years_and_keys_weigh_by_time_or_plays(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    told = plainly.within(history, span)
    by_year: dict[int, int] = defaultdict(int)
    by_key: dict[str, int] = defaultdict(int)
    for play in told:
        track = history.track(play)
        if track.release_year:
            by_year[track.release_year] += plainly.weight(history, play, by)
        if track.key is not None and track.mode is not None:
            by_key[music.key_name(track.key, track.mode)] += plainly.weight(history, play, by)
    middle = plainly.quartiles(list(by_year.items()))

    released, keys = years.release_years(frame, span, by), years.keys(frame, span, by)

    assert middle is not None
    assert released.middle == middle[1]
    assert {released.first + n: h for n, h in enumerate(released.amounts) if h} == {
        year: pytest.approx(time / ONE[by]) for year, time in by_year.items() if time
    }
    assert {n: h for n, h in zip(keys.names, keys.amounts, strict=True) if h} == {
        name: pytest.approx(time / ONE[by]) for name, time in by_key.items() if time
    }


CALM, LOUD = 1, 2


def two_years(odd_week: int | None, gaps: list[Gap]) -> History:
    """Twelve plays a day: mostly lively, a little of everything, one calm week."""
    random_ = random.Random(7)
    start = int(datetime(2017, 1, 2, 6, tzinfo=UTC).timestamp())
    tracks = [PlayedTrack(CALM, "Calm", ("A",), energy=0.1, valence=0.1, tempo=70)]
    tracks += [
        PlayedTrack(
            n, f"Loud {n}", ("B",), energy=0.6 + n / 100, valence=0.5 + n / 100, tempo=120 + n
        )
        for n in range(LOUD, 30)
    ]
    told = []
    for day in range(730):
        for n in range(12):
            at = start + day * 86_400 + n * 3_600
            if any(gap.start <= at < gap.end for gap in gaps):
                continue
            calm = day // 7 == odd_week
            track = CALM if calm and n % 4 else random_.randrange(LOUD, 30)
            told.append(Told(at, 200_000, track))
    return History(told, tracks, "UTC", gaps)


def test_the_week_that_differs_most_is_found_with_its_tracks() -> None:
    frame = two_years(60, []).frame
    found = odd.week(frame, everything(date(2017, 1, 2), date(2019, 1, 1)))

    assert found is not None
    assert found.first == date(2017, 1, 2) + timedelta(weeks=60)
    assert found.tracks[0].title == "Calm"
    assert found.tracks[0].minutes == pytest.approx(7 * 9 * 200 / 60)
    assert found.values[Measure.ENERGY][0] == pytest.approx(0.1)
    assert found.values[Measure.ENERGY][1] > 0.6


@pytest.mark.parametrize("beside", [-2, -1, 1, 2])
def test_a_week_beside_a_gap_never_wins(beside: int) -> None:
    monday = int(datetime(2017, 1, 2, tzinfo=UTC).timestamp()) + (60 + beside) * 7 * 86_400
    history = two_years(60, [Gap(monday + 86_400, monday + 3 * 86_400)])
    found = odd.week(history.frame, everything(date(2017, 1, 2), date(2019, 1, 1)))

    assert found is not None
    assert found.first != date(2017, 1, 2) + timedelta(weeks=60)


def test_the_first_week_of_a_range_can_be_the_one_that_differs_most() -> None:
    monday = date(2017, 1, 2) + timedelta(weeks=60)
    found = odd.week(two_years(60, []).frame, between(monday, date(2019, 1, 1), date(2019, 1, 1)))

    assert found is not None
    assert found.first == monday


def test_a_short_history_has_no_odd_week() -> None:
    frame = two_years(3, []).frame

    assert odd.week(frame, between(date(2017, 1, 2), date(2017, 3, 1), TODAY)) is None


def test_summers_are_told_from_winters() -> None:
    start = int(datetime(2014, 1, 1, 9, tzinfo=UTC).timestamp())
    tracks = [
        PlayedTrack(1, "Warm", ("A",), energy=0.5, valence=0.9, tempo=120),
        PlayedTrack(2, "Cold", ("A",), energy=0.5, valence=0.2, tempo=120),
    ]
    told = []
    for day in range(4 * 365):
        at = start + day * 86_400
        warm = 5 <= datetime.fromtimestamp(at, UTC).month <= 10
        told += [Told(at + n * 600, 200_000, 1 if warm else 2) for n in range(3)]
    frame = History(told, tracks, "UTC").frame
    span = everything(date(2014, 1, 1), date(2017, 12, 30))

    assert seasons.takeaway(frame, span) == (
        "June to August is happier than December to February in all 4 years: "
        "valence 0.90 against 0.20"
    )


def test_without_values_it_is_said_that_none_is_known() -> None:
    told = [Told(1_540_000_000 + n * 3_600, 200_000, 1) for n in range(300)]
    frame = History(told, [PlayedTrack(1, "Song", ("Band",))], "UTC").frame
    span = latest("1y", TODAY)

    assert "No values are known" in river.river(frame, span).caption.takeaway
    assert "No values are known" in hours.hours(frame, span, Measure.ENERGY).caption.takeaway
    assert "No values are known" in stripes.stripes(frame, span, Measure.TEMPO).caption.takeaway
    assert "No genre is known" in genres.stream(frame, span).caption.takeaway
    assert "No release year" in years.release_years(frame, span).caption.takeaway
    assert "No key is known" in years.keys(frame, span).caption.takeaway
    assert river.river(frame, span).caption.coverage == "values for 0 % of the time"


def test_every_chart_has_a_table_of_the_same(frame: Frame, span: Span) -> None:
    charts = [
        river.river(frame, span),
        stripes.stripes(frame, span, Measure.VALENCE),
        hours.hours(frame, span, Measure.ENERGY),
        seasons.seasons(frame, span),
        genres.stream(frame, span),
        years.release_years(frame, span),
        years.keys(frame, span),
    ]
    found = odd.week(frame, span)
    for chart in [*charts, *([found] if found else [])]:
        table = chart.table()
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert len(set(table.columns)) == len(table.columns)
