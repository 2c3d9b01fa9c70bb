"""Rivers, stripes and seasons of histories with one long play in each of a few times."""

from datetime import UTC, date, datetime

import pytest

from tests.services.plays.histories import History, Told
from ttt.chartdata import By, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, PlayedTrack, Span
from ttt.services.plays.frame.span import between, everything
from ttt.services.plays.measures.mood import river, seasons, stripes

HOUR = 3_600_000
TOO_LITTLE = "Too little is known yet to tell whether"


def tracks(*energies: float | None) -> list[PlayedTrack]:
    return [
        PlayedTrack(n, f"Song {n}", ("X",), energy=energy, valence=energy, tempo=energy and 100)
        for n, energy in enumerate(energies)
    ]


def history(known: list[PlayedTrack], *plays: tuple[date, int, float]) -> Frame:
    """Tracks that were heard for some hours from noon of a day on."""
    told = [
        Told(
            int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()),
            round(long * HOUR),
            track,
        )
        for day, track, long in plays
    ]
    return History(told, known, "UTC").frame


def turning(cold: float, warm: float, years: int = 3, long: float = 4) -> Frame:
    """In January one track, in July another one, from the first of December on."""
    plays = [(date(2013, 12, 1), 0, long)]
    for year in range(2014, 2014 + years):
        plays += [(date(year, 1, 15), 0, long), (date(year, 7, 15), 1, long)]
    return history(tracks(cold, warm), *plays)


def said(frame: Frame, last: date = date(2016, 12, 30), by: By = By.MINUTES) -> str:
    return seasons.takeaway(frame, everything(date(2013, 12, 1), last), Measure.ENERGY, by)


@pytest.mark.parametrize(
    ("warm", "words"),
    [
        (0.55, "more intense than December to February in all 3 years: energy 0.55 against 0.50"),
        (0.45, "calmer than December to February in all 3 years: energy 0.45 against 0.50"),
        (0.53, ""),
        (0.47, ""),
    ],
)
def test_summers_are_told_from_winters_where_that_is_worth_a_word(warm: float, words: str) -> None:
    assert said(turning(0.5, warm)) == (f"June to August is {words}" if words else "")


def test_seasons_are_compared_from_two_years_and_three_known_hours_on() -> None:
    assert "both years" in said(turning(0.2, 0.8, years=2), date(2015, 12, 30))
    assert "both years" in said(turning(0.2, 0.8, years=2), date(2015, 8, 31))
    assert said(turning(0.2, 0.8, years=1), date(2014, 12, 30)) == ""
    assert "all 3 years" in said(turning(0.2, 0.8, long=3.01))
    assert said(turning(0.2, 0.8, long=2.99)) == ""
    plain = turning(0.2, 0.8)
    none = seasons.seasons(plain, between(date(2014, 1, 1), date(2014, 3, 1), date(2016, 1, 1)))
    assert none.caption.takeaway == "Two years or more tell whether moods follow the seasons"


@pytest.mark.parametrize(
    ("warm", "long", "measure", "said"),
    [
        (0.5, 4, Measure.ENERGY, "Energy does not follow the seasons"),
        (0.5, 4, None, "Your moods do not follow the seasons"),
        # Nothing is claimed of values that nobody knows, or of too few hours.
        (None, 4, Measure.ENERGY, f"{TOO_LITTLE} energy follows the seasons"),
        (0.5, 2, Measure.ENERGY, f"{TOO_LITTLE} energy follows the seasons"),
        (0.5, 4, Measure.POPULARITY, f"{TOO_LITTLE} popularity follows the seasons"),
        (0.5, 2, None, f"{TOO_LITTLE} your moods follow the seasons"),
    ],
)
def test_that_moods_do_not_follow_the_seasons_is_said_where_it_is_known(
    warm: float | None, long: float, measure: Measure | None, said: str
) -> None:
    span = everything(date(2013, 12, 1), date(2016, 12, 30))
    found = seasons.seasons(turning(0.5, warm, long=long), span, measure)
    assert found.caption.takeaway == said


@pytest.mark.parametrize(("days", "long"), [(729, False), (730, True)])
def test_from_two_years_on_it_is_said_whether_moods_follow_the_seasons(
    days: int, long: bool
) -> None:
    last = date.fromordinal(date(2014, 1, 1).toordinal() + days - 1)
    span = Span(date(2014, 1, 1), last, "", "")
    said = seasons.seasons(turning(0.5, 0.5), span, Measure.ENERGY).caption.takeaway
    short = "Two years or more tell whether moods follow the seasons"
    assert said == ("Energy does not follow the seasons" if long else short)


def test_quarters_are_those_of_the_days_of_the_time() -> None:
    frame = turning(0.2, 0.8)
    for first, last, count in (
        (date(2014, 1, 1), date(2014, 2, 28), 1),
        (date(2014, 1, 1), date(2014, 3, 1), 2),
        (date(2014, 2, 28), date(2014, 9, 1), 4),
    ):
        found = seasons._by_quarter(frame, Span(first, last, "", ""), Measure.ENERGY, By.MINUTES)
        assert len(found.middle) == count


def test_a_season_that_only_two_of_three_years_show_is_told_so() -> None:
    plays = [(date(2013, 12, 1), 0, 4.0)]
    for year, warm in ((2014, 1), (2015, 1), (2016, 2)):
        plays += [(date(year, 1, 15), 0, 4.0), (date(year, 7, 15), warm, 4.0)]
    frame = history(tracks(0.5, 0.9, 0.4), *plays)
    assert "in 2 of 3 years" in said(frame)
    lost = [(day, {1: 2, 2: 1}.get(track, 0), long) for day, track, long in plays]
    assert said(history(tracks(0.5, 0.9, 0.4), *lost)) == ""


def test_a_river_shows_weeks_from_one_known_hour_on() -> None:
    frame = history(
        tracks(0.2, 0.8, None),
        (date(2018, 10, 1), 0, 1.01),
        (date(2018, 10, 8), 1, 0.99),
        (date(2018, 10, 15), 1, 2),
        (date(2018, 10, 16), 2, 3),
    )
    span = between(date(2018, 10, 1), date(2018, 10, 21), date(2018, 10, 21))
    data = river.river(frame, span)
    energy = data.ribbons[0]
    assert [spread and spread.middle for spread in energy.spreads] == [
        pytest.approx(0.2),
        None,
        pytest.approx(0.8),
    ]
    assert data.known == (1, 1, pytest.approx(0.4))
    assert energy.line == (None, None, None)


def test_a_line_is_drawn_where_a_third_of_its_surroundings_is_known() -> None:
    plays = [(date(2018, 10, 1 + 7 * n), n % 2, 2.0) for n in range(4)]
    plays += [(date(2018, 11, 5), 0, 2.0)]
    frame = history(tracks(0.2, 0.8), *plays)
    span = between(date(2018, 10, 1), date(2018, 12, 30), date(2018, 12, 30))
    line = river.river(frame, span).ribbons[0].line
    assert line[:7] == pytest.approx((0.44,) * 7)
    assert set(line[7:]) == {None}
    months = river.river(frame, span, Step.MONTH).ribbons[0].line
    assert len(months) == 3


@pytest.mark.parametrize(
    ("days", "names"), [(732, ("", "")), (733, ("the last year", "the year before"))]
)
def test_a_long_time_with_nothing_before_it_is_told_by_its_last_two_years(
    days: int, names: tuple[str, str]
) -> None:
    frame = history(tracks(0.2), (date(2018, 10, 1), 0, 2))
    last = date.fromordinal(date(2016, 10, 1).toordinal() + days - 1)
    now, before = river._now_and_before(frame, Span(date(2016, 10, 1), last, "", ""))
    assert (now[0], before[0]) == names
    long = Span(
        date(2010, 1, 1), date(2018, 1, 1), "", "now", Span(*[date(2000, 1, 1)] * 2, "", "x")
    )
    assert [name for name, _ in river._now_and_before(frame, long)] == ["now", "x"]


@pytest.mark.parametrize(
    ("monday", "cell"),
    [
        (date(2017, 1, 2), (0, 0)),
        (date(2017, 1, 9), (0, 1)),
        (date(2017, 1, 30), (0, 4)),
        (date(2016, 12, 26), (-1, 51)),
        (date(2018, 12, 24), (1, 51)),
        (date(2018, 12, 31), (2, 0)),
    ],
)
def test_the_odd_week_stands_where_its_thursday_is(monday: date, cell: tuple[int, int]) -> None:
    assert stripes._cell(monday, 2017) == cell


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2017, 12, 31), "2017: energy 0.20"),
        (date(2018, 9, 26), "2017: energy 0.20, 2018: energy 0.80"),
        (date(2018, 9, 27), "2018 was the most intense year: energy 0.80"),
    ],
)
def test_a_year_leads_where_two_have_270_recorded_days(last: date, said: str) -> None:
    frame = history(tracks(0.2, 0.8), (date(2017, 1, 1), 0, 11), (date(2018, 1, 1), 1, 11))
    span = Span(date(2017, 1, 1), last, "", "")
    assert stripes.stripes(frame, span, Measure.ENERGY).caption.takeaway == said


def test_stripes_show_weeks_of_which_half_and_an_hour_is_known_and_years_of_ten() -> None:
    frame = history(
        tracks(0.2, 0.8, None),
        (date(2017, 1, 1), 0, 1.01),
        (date(2017, 1, 8), 0, 0.99),
        (date(2017, 1, 15), 0, 2),
        (date(2017, 1, 16), 2, 2),
        (date(2017, 1, 22), 0, 2),
        (date(2017, 1, 23), 2, 2.01),
        (date(2017, 12, 31), 0, 5),
        (date(2018, 1, 1), 1, 9.99),
        (date(2019, 1, 1), 1, 10.01),
    )
    span = between(date(2017, 1, 1), date(2019, 12, 31), date(2019, 12, 31))
    data = stripes.stripes(frame, span, Measure.ENERGY)
    shown = [None if cell is None else round(cell, 1) for cell in data.cells[0][:4]]
    assert shown == [0.2, None, 0.2, None]
    assert data.cells[0][52] == pytest.approx(0.2)
    assert (data.years, data.cells[1][0]) == ((2017, 2018, 2019), pytest.approx(0.8))
    assert [mean and round(mean, 1) for mean in data.means] == [0.2, None, 0.8]
    assert data.caption.takeaway == "2019 was the most intense year: energy 0.80"
