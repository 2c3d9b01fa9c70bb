"""The parts of the page that shows how what was heard felt."""

from dataclasses import dataclass

from ttt import words
from ttt.chartdata import (
    By,
    Caption,
    GenreStream,
    HourMoods,
    KeysHeard,
    OddWeek,
    Of,
    ReleaseYears,
    River,
    Seasons,
    Step,
    Stripes,
)
from ttt.charts.plays.mood import hours as hours_figure
from ttt.charts.plays.mood import keys as keys_figure
from ttt.charts.plays.mood import seasons as seasons_figure
from ttt.charts.plays.mood import stream as stream_figure
from ttt.charts.plays.mood import stripes as stripes_figure
from ttt.charts.plays.mood import years as years_figure
from ttt.music import Measure, written
from ttt.services.plays.frame import Span, Tracks
from ttt.services.plays.measures import coverage
from ttt.services.plays.measures.mood import (
    genres,
    hours,
    odd,
    river,
    seasons,
    sentences,
    stripes,
    years,
)
from ttt.services.plays.measures.mood.spread import MEASURES
from ttt.ui.figures import in_numbers
from ttt.ui.frame import address, browser
from ttt.ui.plays import listening, panel, rows
from ttt.ui.plays.history import History
from ttt.ui.plays.panel import Panel

# Weeks that a figure holds, that can be told apart unless asked for, and on a phone.
_MOST_WEEKS, _WIDE_WEEKS, _PHONE_WEEKS = 550, 160, 110


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown: the plays, the span, the step, and the measure of the smaller charts.

    All is weighed `by` plays or minutes.
    """

    history: History
    span: Span
    step: Step
    measure: Measure
    by: By

    @property
    def stamp(self) -> tuple[object, ...]:
        """Tells all that the charts look at."""
        return (self.history.stamp, self.span.key, self.step, self.by)


def seen(history: History, span: Span, by: By) -> Seen:
    """What the address asks for."""
    told = address.of_page(["step", "measure"])
    measure = next((m for m in Measure if m == told.get("measure")), Measure.VALENCE)
    return Seen(history, span, _step(told.get("step"), span.days / 7), measure, by)


def _step(told: str | None, weeks: float) -> Step:
    """What the address says, as far as it has room; else weeks while they can be told apart."""
    most = _MOST_WEEKS if told == Step.WEEK else _WIDE_WEEKS
    if browser.touch():
        most = _PHONE_WEEKS
    return Step.MONTH if told == Step.MONTH or weeks > most else Step.WEEK


def choose(shown: Seen) -> None:
    """Weeks or months, and which measure the smaller charts show."""
    steps = (Step.WEEK, Step.MONTH)
    address.choice("step", "Step", steps, shown.step, "mood step", lambda s: f"{s.capitalize()}s")
    address.choice("measure", "Measure", list(Measure), shown.measure, "mood measure")


def ribbons(shown: Seen) -> River:
    """A ribbon a measure."""
    measures = (*MEASURES, Measure.POPULARITY)
    return panel.measured(
        ("river", *shown.stamp),
        lambda: river.river(shown.history.frame, shown.span, shown.step, measures, shown.by),
    )


def odd_week(shown: Seen) -> Panel[OddWeek]:
    """The week that differs most, with its values and the tracks that did it."""
    found = panel.measured(
        ("odd week", *shown.stamp), lambda: odd.week(shown.history.frame, shown.span, shown.by)
    )
    name, tracks = "The week that differs most", shown.history.frame.tracks
    if found is None:
        return panel.said(name, _TOO_SHORT)
    body = panel.numbered(_odd_numbers(found)) + rows.html(_odd_rows(found, tracks), "")
    shown_ = panel.html(name, found.caption, body, above=known(shown))
    return Panel(name, shown_, found, tracks)


def _odd_numbers(found: OddWeek) -> list[in_numbers.Number]:
    return [
        in_numbers.Number(
            *(m.capitalize(), written(m, now)),
            words=f"usually {written(m, usual)}",
            short=f"usually {written(m, usual)}",
            colour=m,
        )
        for m, (now, usual) in found.values.items()
    ]


def _odd_rows(found: OddWeek, tracks: Tracks) -> list[rows.Row]:
    return [
        rows.Row(
            str(n),
            t.title,
            _values(t.values),
            f"{t.minutes:,.0f} min" if found.by is By.MINUTES else words.counted(t.plays, "play"),
            rows.link(Of.TRACKS, t.key, tracks),
            t.cover_url,
            by=t.artists,
            names=rows.by(t.artists, tracks),
        )
        for n, t in enumerate(found.tracks, start=1)
    ]


_TOO_SHORT = Caption(
    "No week stands out", "it takes some twenty recorded weeks with known values to tell", ""
)


def by_year(shown: Seen) -> Panel[Stripes]:
    """A row a year, a stripe a week."""
    return panel.where_known(
        "Each year a row, each week a stripe",
        (*shown.stamp, shown.measure),
        lambda: stripes.stripes(shown.history.frame, shown.span, shown.measure, shown.by),
        stripes_figure.figure,
        above=known(shown),
    )


def by_hour(shown: Seen) -> Panel[HourMoods]:
    """The hours of the week."""
    return panel.where_known(
        "By hour and weekday",
        (*shown.stamp, shown.measure),
        lambda: hours.hours(shown.history.frame, shown.span, shown.measure, shown.by),
        hours_figure.figure,
        above=known(shown),
    )


def by_season(shown: Seen) -> Panel[Seasons]:
    """The quarters of the year."""
    return panel.chart(
        "By season",
        (*shown.stamp, shown.measure),
        lambda: seasons.seasons(shown.history.frame, shown.span, shown.measure, shown.by),
        seasons_figure.figure,
        above=known(shown),
        measure=shown.measure,
    )


def genre_stream(shown: Seen) -> Panel[GenreStream]:
    """Shares of genres."""
    return panel.where_known(
        "Genres",
        shown.stamp,
        lambda: genres.stream(shown.history.frame, shown.span, shown.by),
        stream_figure.figure,
        shown.history.frame.tracks,
        known(shown),
    )


def released(shown: Seen) -> Panel[ReleaseYears]:
    """Years of release; a sentence where none is known."""
    return panel.where_known(
        "Released",
        shown.stamp,
        lambda: years.release_years(shown.history.frame, shown.span, shown.by),
        years_figure.figure,
        above=known(shown),
    )


def in_keys(shown: Seen) -> Panel[KeysHeard]:
    """Keys."""
    return panel.where_known(
        "Keys",
        shown.stamp,
        lambda: years.keys(shown.history.frame, shown.span, shown.by),
        keys_figure.figure,
        above=known(shown),
    )


def line(shown: Seen) -> str:
    """What is shown, and how much of it was recorded and is known, which the page says once."""
    span = words.days(shown.span.first, shown.span.last)
    weight = "Weighed by time heard" if shown.by is By.MINUTES else "Each play weighs the same"
    recorded = listening.recorded(shown.history, shown.span)
    return words.facts(weight, span, recorded, known(shown))


def known(shown: Seen) -> str:
    """For how much of what was heard values are known, and how sure its minutes are."""
    frame, span, by = shown.history.frame, shown.span, shown.by

    def told() -> str:
        plays = frame.within(span)
        return coverage.weighed(sentences.coverage(plays, by=by), plays, by)

    return frame.keep(("known", span.first, span.last, by), told)


def _values(values: dict[Measure, float | None]) -> str:
    known = [f"{m} {written(m, v)}" for m, v in values.items() if v is not None]
    return ", ".join(known[:2])
