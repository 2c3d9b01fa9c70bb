"""Moods once more: the odd week, stripes, seasons and what a stretch is set against, plainly."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import mean, median, pstdev

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told, days, made_up
from tests.services.plays.measures.conftest import SPANS, TODAY
from ttt import words
from ttt.chartdata import By, Of, Spread, Step
from ttt.music import Measure, written
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures.mood import odd, river, seasons, sentences, stripes
from ttt.services.plays.measures.mood.spread import MEASURES

HOUR = 3_600_000
# A difference that one hears, and what it is called.
HEARD = {Measure.ENERGY: 0.1, Measure.VALENCE: 0.1, Measure.TEMPO: 10}
CALLED = {
    Measure.ENERGY: ("calmer", "more intense"),
    Measure.VALENCE: ("sadder", "happier"),
    Measure.TEMPO: ("slower", "faster"),
}
ALL = everything(date(2016, 5, 20), TODAY)


@pytest.fixture(scope="module", params=["Europe/Berlin", "America/Sao_Paulo"])
def dense(request: pytest.FixtureRequest) -> History:
    """So many plays that most weeks tell something; those of every June to August are livelier."""
    whole = made_up(seed=5, zone=request.param, plays=26_000)
    lively = max(whole.tracks, key=lambda t: t.valence or 0)
    told = [
        t._replace(track=lively.id) if t.started % 3 == 0 and 6 <= whole.at(t).month <= 8 else t
        for t in whole.told
    ]
    return History(told, whole.tracks, whole.zone, whole.gaps)


@pytest.fixture(scope="module")
def columns(dense: History) -> Frame:
    return dense.frame


def by_week(history: History) -> dict[date, list[Told]]:
    found: dict[date, list[Told]] = defaultdict(list)
    for told in history.told:
        day = history.day(told)
        found[day - timedelta(days=day.weekday())].append(told)
    return found


def middles(history: History, told: list[Told], by: By) -> dict[Measure, float] | None:
    """Middles of a week of which enough is known."""
    found = {}
    for measure in MEASURES:
        values = plainly.values(history, told, measure, by)
        known = sum(weight for _, weight in values)
        everything_ = sum(plainly.weight(history, t, by) for t in told)
        if known <= 3 * HOUR or known <= 0.6 * everything_:
            return None
        quartiles = plainly.quartiles(values)
        assert quartiles is not None
        found[measure] = quartiles[1]
    return found


def odd_week(history: History, by: By) -> tuple[date, dict[Measure, tuple[float, float]]]:
    """Week by week, as the rule under it says."""
    fit: dict[date, dict[Measure, float]] = {}
    for monday, told in by_week(history).items():
        around = days(monday - timedelta(days=14), monday + timedelta(days=20))
        inside = ALL.first <= monday and monday + timedelta(days=6) <= ALL.last
        found = middles(history, told, by)
        if inside and found and all(plainly.recorded(history, day) for day in around):
            fit[monday] = found
    usual = {
        monday: {
            m: median(v[m] for other, v in fit.items() if abs((other - monday).days) <= 26 * 7)
            for m in MEASURES
        }
        for monday in fit
    }
    width = {m: pstdev(fit[w][m] - usual[w][m] for w in fit) for m in MEASURES}
    assert len(fit) > 60

    def far(monday: date) -> float:
        return sum(((fit[monday][m] - usual[monday][m]) / width[m]) ** 2 for m in MEASURES)

    best = max(sorted(fit), key=far)
    return best, {m: (fit[best][m], usual[best][m]) for m in MEASURES}


@pytest.fixture(scope="module")
def oddest(dense: History) -> tuple[date, dict[Measure, tuple[float, float]]]:
    return odd_week(dense, By.MINUTES)


def test_the_odd_week_is_the_furthest_from_the_year_around_it(
    dense: History,
    columns: Frame,
    oddest: tuple[date, dict[Measure, tuple[float, float]]],
) -> None:
    first, values = oddest
    found = odd.week(columns, ALL)

    assert found is not None
    assert (found.first, found.last) == (first, first + timedelta(days=6))
    for measure, pair in values.items():
        assert found.values[measure] == pytest.approx(pair)
    told = by_week(dense)[first]
    minutes: dict[object, float] = defaultdict(float)
    plays: dict[object, int] = defaultdict(int)
    for t in told:
        minutes[dense.recording(t)] += dense.heard(t) / 60_000
        plays[dense.recording(t)] += t.play
    longest = sorted(minutes, key=lambda key: -minutes[key])[:5]
    assert [t.minutes for t in found.tracks] == pytest.approx([minutes[k] for k in longest])
    assert [t.plays for t in found.tracks] == [plays[key] for key in longest]
    assert found.share == pytest.approx(sum(minutes[k] for k in longest) / sum(minutes.values()))
    place = river.river(columns, ALL).odd
    assert place is not None
    assert place[0] == first
    assert place[1] == pytest.approx({m: now for m, (now, _) in values.items()})


def test_by_plays_the_odd_week_is_found_and_told_by_plays(dense: History, columns: Frame) -> None:
    first, values = odd_week(dense, By.PLAYS)
    found = odd.week(columns, ALL, By.PLAYS)

    assert found is not None
    assert found.first == first
    for measure, pair in values.items():
        assert found.values[measure] == pytest.approx(pair)
    plays = plainly.totals(dense, by_week(dense)[first], Of.TRACKS, By.PLAYS)
    most = sorted(plays.values(), reverse=True)[:5]
    assert [t.plays for t in found.tracks] == most
    assert found.share == pytest.approx(sum(most) / sum(plays.values()))
    assert found.caption.takeaway.endswith("of its plays")
    place = river.river(columns, ALL, by=By.PLAYS).odd
    assert place is not None
    assert place[0] == first


@pytest.mark.parametrize("measure", [Measure.VALENCE, Measure.POPULARITY])
def test_stripes_know_their_years_their_blanks_and_the_odd_week(
    dense: History,
    columns: Frame,
    oddest: tuple[date, dict[Measure, tuple[float, float]]],
    measure: Measure,
) -> None:
    data = stripes.stripes(columns, ALL, measure)
    for year, shown in zip(data.years, data.means, strict=True):
        told = [t for t in plainly.within(dense, ALL) if dense.day(t).year == year]
        found = plainly.quartiles(plainly.values(dense, told, measure))
        assert found is not None
        assert shown == pytest.approx(found[1])
    cells: dict[tuple[int, int], bool] = defaultdict(bool)
    for day in days(ALL.first, ALL.last):
        week = (day - date(day.year, 1, 1)).days // 7
        cells[day.year - 2016, week] |= plainly.recorded(dense, day)
    assert set(data.blank) == {cell for cell, known in cells.items() if not known}
    assert len(data.blank) >= 2
    thursday = oddest[0] + timedelta(days=3)
    assert data.odd == (
        thursday.year - 2016,
        (thursday - date(thursday.year, 1, 1)).days // 7,
    )


def test_a_year_leads_others_where_most_of_its_days_were_recorded(
    dense: History, columns: Frame
) -> None:
    data = stripes.stripes(columns, ALL, Measure.ENERGY)
    recorded = Counter(
        day.year for day in days(ALL.first, ALL.last) if plainly.recorded(dense, day)
    )
    means = {year: mean for year, mean in zip(data.years, data.means, strict=True) if mean}
    whole = [year for year in means if recorded[year] >= 270]
    assert 2016 in means
    assert 2016 not in whole
    best = max(whole, key=lambda year: (means[year], year))
    assert data.caption.takeaway.startswith(f"{best} was the most intense year: energy ")
    winter = everything(date(2017, 11, 1), date(2018, 2, 1))
    both = stripes.stripes(columns, winter, Measure.ENERGY)
    first, last = (written(Measure.ENERGY, mean or 0) for mean in both.means)
    assert both.caption.takeaway == f"2017: energy {first}, 2018: energy {last}"


def quarter(history: History, year: int, months: tuple[int, ...]) -> list[Told] | None:
    """What was heard in three months (December is the year's before); None of too few days."""

    def inside(day: date) -> bool:
        return day.month in months and day.year + (day.month == 12) == year

    known = [d for d in days(ALL.first, ALL.last) if inside(d) and plainly.recorded(history, d)]
    return [t for t in history.told if inside(history.day(t))] if len(known) >= 45 else None


@pytest.mark.parametrize("by", list(By))
def test_the_sentence_of_the_seasons_is_that_of_each_year(
    dense: History, columns: Frame, by: By
) -> None:
    pairs: dict[Measure, list[tuple[float, float]]] = defaultdict(list)
    for year in (2016, 2017, 2018):
        cold, warm = quarter(dense, year, (12, 1, 2)), quarter(dense, year, (6, 7, 8))
        if cold is None or warm is None:
            continue
        for measure in MEASURES:
            found = [plainly.quartiles(plainly.values(dense, t, measure, by)) for t in (warm, cold)]
            assert found[0] is not None
            assert found[1] is not None
            pairs[measure].append((found[0][1], found[1][1]))
    gains = {m: mean(warm - cold for warm, cold in both) / HEARD[m] for m, both in pairs.items()}
    best = max(gains, key=lambda m: abs(gains[m]))
    warm, cold = (mean(side) for side in zip(*pairs[best], strict=True))

    assert {len(both) for both in pairs.values()} == {2}
    assert abs(gains[best]) >= 0.4
    assert seasons.takeaway(columns, ALL, by=by) == (
        f"June to August is {CALLED[best][gains[best] > 0]} than December to February "
        f"in both years: {best} {written(best, warm)} against {written(best, cold)}"
    )


@pytest.mark.parametrize("measure", [Measure.ENERGY, Measure.POPULARITY])
def test_every_measure_has_its_seasons(dense: History, columns: Frame, measure: Measure) -> None:
    for n, season in enumerate(seasons.seasons(columns, ALL).seasons):
        told = [t for t in plainly.within(dense, ALL) if dense.day(t).month % 12 // 3 == n]
        found = plainly.quartiles(plainly.values(dense, told, measure))
        assert found is not None
        assert season.spreads[measure] == Spread(*map(pytest.approx, found))  # type: ignore[arg-type]


def test_a_line_is_the_mean_of_a_quarter_of_a_year_where_a_third_of_it_is_known(
    columns: Frame,
) -> None:
    (ribbon,) = river.river(columns, ALL, Step.WEEK, (Measure.TEMPO,)).ribbons
    for n, (value, spread) in enumerate(zip(ribbon.line, ribbon.spreads, strict=True)):
        known = [s.middle for s in ribbon.spreads[max(0, n - 6) : n + 7] if s]
        if spread is not None:
            assert value == (pytest.approx(mean(known)) if len(known) * 3 >= 13 else None)


@pytest.mark.parametrize("by", list(By))
def test_now_is_set_against_the_same_time_before(
    history: History, frame: Frame, span: Span, by: By
) -> None:
    now, before = span, span.before
    if before is None:  # of a long history the last two years
        now = Span(TODAY - timedelta(days=364), TODAY, "", "")
        before = Span(TODAY - timedelta(days=729), TODAY - timedelta(days=365), "", "")
    for ribbon in river.river(frame, span, Step.MONTH, tuple(Measure), by).ribbons:
        for part, shown in ((now, ribbon.now), (before, ribbon.before)):
            values = plainly.values(history, plainly.within(history, part), ribbon.measure, by)
            found = plainly.quartiles(values)
            assert shown == (None if found is None else pytest.approx(found[1]))


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("measure", list(Measure))
def test_the_share_of_the_time_or_plays_with_values_is_said(
    history: History, frame: Frame, span: Span, measure: Measure, by: By
) -> None:
    told = plainly.within(history, span)
    known = sum(weight for _, weight in plainly.values(history, told, measure, by))
    part = words.share(known, sum(plainly.weight(history, t, by) for t in told))
    of = {By.MINUTES: "the time", By.PLAYS: "the plays"}[by]

    assert sentences.coverage(frame.within(span), (measure,), by) == f"values for {part} of {of}"
    assert part not in {"0 %", "100 %"}


def test_seasons_speak_of_the_measure_that_is_shown(frame: Frame) -> None:
    """Each measure has a sentence of its own, and without one the clearest of them speaks."""
    span = SPANS[3]
    own = {m: seasons.seasons(frame, span, m).caption.takeaway for m in Measure}
    for measure, said in own.items():
        assert measure in said.lower()
        assert not [m for m in Measure if m is not measure and f"{m} " in said.lower()]
    clearest = seasons.seasons(frame, span).caption.takeaway
    unclear = {
        "Your moods do not follow the seasons",
        "Too little is known yet to tell whether your moods follow the seasons",
    }
    assert clearest in {*own.values(), *unclear}
