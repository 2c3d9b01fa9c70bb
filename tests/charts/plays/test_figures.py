"""Figures of listening over time: light, hatched where nothing is known, sure of foreign titles."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from tests.charts.plays.conftest import TODAY
from ttt.chartdata import (
    Activity,
    Bar,
    By,
    Caption,
    Covered,
    GenreStream,
    Hole,
    KeysHeard,
    Lane,
    Of,
    Race,
    Ribbon,
    River,
    Spread,
    Step,
)
from ttt.charts.plays import firsts, lanes, life, race, rank_lines
from ttt.charts.plays.listening import activity, calendar, clock
from ttt.charts.plays.mood import hours, keys, river, seasons, stream, stripes, years
from ttt.charts.theme import Theme
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import between, everything
from ttt.services.plays.measures import days, tops
from ttt.services.plays.measures import life as lives
from ttt.services.plays.measures.charts import lines
from ttt.services.plays.measures.charts import race as races
from ttt.services.plays.measures.discoveries.firsts import first_listens
from ttt.services.plays.measures.listening import activity as activities
from ttt.services.plays.measures.listening import clock as clocks
from ttt.services.plays.measures.mood import genres
from ttt.services.plays.measures.mood import hours as moods
from ttt.services.plays.measures.mood import river as rivers
from ttt.services.plays.measures.mood import seasons as quarters
from ttt.services.plays.measures.mood import stripes as rows
from ttt.services.plays.measures.mood import years as released

NOTHING = Caption("", "", "")
LIGHT = 50_000
Drawn = Callable[..., go.Figure]


def _life(frame: Frame) -> Any:
    return lives.life(frame, Of.TRACKS, tops.tops(frame, _all(frame), Of.TRACKS).rows[0].key, TODAY)


def _all(_frame: Frame) -> Span:
    return everything(date(2016, 5, 20), TODAY)


def _lanes(frame: Frame, span: Span) -> Covered:
    """A lane a year of the frame, and the holes of all of them."""
    stretches = ((span.first, span.last),)
    lanes = tuple(Lane(f"Source {n}", stretches, 100 * n, main=n == 1) for n in range(1, 5))
    holes = days.holes(frame, span)
    return Covered(lanes if len(frame) else (), holes, span.first, span.last, NOTHING)


CHARTS: dict[str, tuple[Callable[[Frame, Span], Any], Drawn]] = {
    "activity": (activities.activity, activity.figure),
    "calendar": (activities.calendar, calendar.figure),
    "clock": (clocks.clock, clock.figure),
    "river": (rivers.river, river.figure),
    "stripes": (lambda f, s: rows.stripes(f, s, Measure.VALENCE), stripes.figure),
    "hours": (lambda f, s: moods.hours(f, s, Measure.ENERGY), hours.figure),
    "seasons": (quarters.seasons, seasons.figure),
    "stream": (genres.stream, stream.figure),
    "years": (released.release_years, years.figure),
    "keys": (released.keys, keys.figure),
    "lines": (lambda f, s: lines.lines(f, date(2018, 11, 20), Of.TRACKS), rank_lines.figure),
    "race": (lambda f, s: races.race(f, s, Of.ARTISTS), race.figure),
    "firsts": (first_listens, firsts.figure),
    "life": (lambda f, s: _life(f), life.figure),
    "months": (lambda f, s: _life(f), life.months),
    "places": (lambda f, s: _life(f), life.places),
    "lanes": (_lanes, lanes.figure),
}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_is_light_and_drawn_in_the_theme(
    name: str, narrow: bool, frame: Frame, span: Span, theme: Theme
) -> None:
    measure, drawn = CHARTS[name]
    figure = drawn(measure(frame, span), theme, narrow=narrow)
    written = figure.to_json()

    assert figure.data
    assert len(written) < LIGHT
    assert figure.layout.dragmode is False
    assert figure.layout.height >= 100
    assert "NaN" not in written
    colours = theme.ink + theme.quiet + theme.accent
    assert figure.layout.font.color in colours


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_to_show_is_a_sentence(name: str, frame: Frame, theme: Theme) -> None:
    if name in {"life", "months", "places"}:
        pytest.skip("a life begins with a play")
    measure, drawn = CHARTS[name]
    empty = frame.only(slice(0, 0))
    figure = drawn(measure(empty, between(date(2017, 1, 1), date(2017, 2, 1), TODAY)), theme)

    assert not figure.data
    assert len(figure.layout.annotations) == 1


def hatches(figure: go.Figure) -> list[Any]:
    return [t for t in figure.data if t.type == "bar" and t.marker.pattern.shape == "/" and t.x]


@pytest.mark.parametrize(
    "name", ["activity", "river", "stream", "firsts", "life", "months", "places", "lanes"]
)
def test_what_was_not_recorded_is_hatched(
    name: str, frame: Frame, span: Span, theme: Theme
) -> None:
    measure, drawn = CHARTS[name]
    found = hatches(drawn(measure(frame, span), theme))

    assert found
    assert any(text.startswith("not recorded<br>") for trace in found for text in trace.hovertext)
    assert all(trace.marker.pattern.fgcolor == theme.hatch for trace in found)


def test_a_bar_of_nothing_is_not_made(frame: Frame, span: Span, theme: Theme) -> None:
    data = first_listens(frame, span)
    stayed, left, new, _ = firsts.figure(data, theme).data

    for bars, values in ((stayed, data.stayed), (left, data.left), (new, data.open)):
        assert list(bars.y) == [value for value in values if value]
        assert len(bars.x) == len(bars.base) == len(bars.y) < len(values)


def test_a_blank_day_is_a_stroke_and_a_silent_one_a_filled_cell(
    frame: Frame, span: Span, theme: Theme
) -> None:
    data = activities.calendar(frame, span)
    figure = calendar.figure(data, theme)
    strokes = sum(len(t.x) for t in figure.data if t.type == "scatter")
    heat = [trace for trace in figure.data if trace.type == "heatmap"]
    cells = [value for trace in heat for row in trace.z for value in row if value is not None]

    assert strokes == data.values.count(None) > 0
    assert len(cells) == len(data.values) - strokes
    assert 0 in cells


def bars(*values: float | None, before: float | None = None) -> Activity:
    monday = date(2026, 1, 5)
    found = tuple(
        Bar(monday + timedelta(weeks=n), value, before, n == len(values) - 1)
        for n, value in enumerate(values)
    )
    name = "the year before" if before is not None else ""
    return Activity(Step.WEEK, By.PLAYS, found, (), name, NOTHING)


def test_the_fullest_whole_step_stands_out_and_is_named(theme: Theme) -> None:
    figure = activity.figure(bars(3, 9, 4, 12), theme)
    colours = figure.data[0].marker.color

    assert colours[1] == theme.accent
    assert colours[3] not in {colours[0], theme.accent}
    assert any(note.text == "9, week of 12 Jan 2026" for note in figure.layout.annotations)


def test_the_time_before_is_a_line_with_a_leader(theme: Theme) -> None:
    figure = activity.figure(bars(*([5] * 30), 9, *([5] * 20), before=4), theme)
    (leader,) = [note for note in figure.layout.annotations if note.showarrow]

    assert leader.text == "the year before"
    assert leader.y == 4
    assert figure.data[-1].line.shape == "hvh"


def test_a_bar_that_was_not_recorded_is_no_zero(theme: Theme) -> None:
    assert list(activity.figure(bars(3, None, 0, 4), theme).data[0].y) == [3, None, 0, 4]


@pytest.mark.parametrize(
    ("hole", "said"),
    [
        (Hole(date(2026, 2, 2), date(2026, 3, 1)), "not recorded<br>2 Feb to 1 Mar"),
        (Hole(date(2025, 12, 29), date(2026, 3, 1)), "not recorded<br>29 Dec 2025 to 1 Mar 2026"),
    ],
)
def test_what_was_not_recorded_is_told_by_its_days(hole: Hole, said: str, theme: Theme) -> None:
    figure = activity.figure(replace(bars(*([5] * 30)), holes=(hole,)), theme)
    assert said in [note.text for note in figure.layout.annotations]


def long_river(weeks: int) -> River:
    monday = date(2016, 11, 28)
    spreads = tuple(Spread(0.2 + n % 7 / 70, 0.5, 0.8 - n % 5 / 50) for n in range(weeks))
    tempo = tuple(Spread(90 + n % 9, 120, 150 - n % 11) for n in range(weeks))
    ribbons = tuple(
        Ribbon(m, tempo if m is Measure.TEMPO else spreads, (0.512345,) * weeks, 0.5, 0.4)
        for m in (Measure.ENERGY, Measure.VALENCE, Measure.TEMPO)
    )
    starts = tuple(monday + timedelta(weeks=n) for n in range(weeks))
    holes = (Hole(date(2019, 7, 8), date(2019, 9, 1)),)
    odd = (starts[weeks // 2], {Measure.ENERGY: 0.02})
    return River(
        Step.WEEK, starts, ribbons, (0.87,) * weeks, holes, odd, "the last year", "before", NOTHING
    )


def test_ten_years_of_weeks_stay_light(theme: Theme) -> None:
    assert len(river.figure(long_river(522), theme).to_json()) < LIGHT


def test_what_needs_room_on_a_river_gives_way_and_a_phone_is_sent_what_is_short(
    theme: Theme,
) -> None:
    notes = river.figure(long_river(522), theme).layout.annotations
    roomy, tight, everywhere = (
        [note.text for note in notes if note.name == name] for name in ("roomy", "tight", None)
    )
    assert any("0 calm to 1 intense" in text for text in roomy)
    assert "<b>Energy</b>" in tight
    assert not any(text in everywhere for text in (*roomy, *tight))
    narrow = river.figure(long_river(522), theme, narrow=True).layout.annotations
    assert sorted(note.text for note in narrow) == sorted([*tight, *everywhere])
    assert not any(note.name for note in narrow)


def test_the_odd_week_is_always_within_the_scale(theme: Theme) -> None:
    figure = river.figure(long_river(522), theme)

    assert figure.layout.yaxis.range[0] <= 0.02
    assert any(note.text == "<b>0.02</b>" for note in figure.layout.annotations)


def test_a_ribbon_is_paler_where_less_is_known(theme: Theme) -> None:
    data = long_river(3)
    known = River(
        **{f: getattr(data, f) for f in data.__dataclass_fields__} | {"known": (1, 0.7, 0.2)}
    )
    band = river.figure(known, theme).data[1]
    shades = [
        float(colour.split(",")[-1].rstrip(")")) for _, colour in band.fillgradient.colorscale
    ]

    assert band.fill == "tonexty"
    # The first and the last colour reach to the edges.
    assert shades[0] == shades[1] > shades[2] > shades[3] == shades[4]


def test_a_ribbon_has_no_height_where_nothing_is_known(theme: Theme) -> None:
    data = long_river(4)
    ribbons = tuple(
        Ribbon(r.measure, (r.spreads[0], None, *r.spreads[2:]), r.line, r.now, r.before)
        for r in data.ribbons
    )
    fields = {f: getattr(data, f) for f in data.__dataclass_fields__}
    low, high, line, told, *_ = river.figure(River(**fields | {"ribbons": ribbons}), theme).data

    heights = [round(b - a, 2) for a, b in zip(low.y, high.y, strict=True)]
    # A step more at either end, so that every step is drawn to its edges.
    assert [height > 0 for height in heights] == [False, True, False, True, True, False]
    assert (low.x0, low.dx) == (high.x0, high.dx)
    # Nothing is said of it either, and of all others their own quartiles.
    assert told.y[1] is None
    assert told.text[0] == "0.2 to 0.8"
    assert (line.x0 - told.x0) * 2 == told.xperiod


def test_a_river_of_four_has_few_marks(theme: Theme) -> None:
    data = long_river(522)
    fields = {f: getattr(data, f) for f in data.__dataclass_fields__}
    ribbons = (*data.ribbons, Ribbon(Measure.POPULARITY, *_of(data.ribbons[2])))
    figure = river.figure(River(**fields | {"ribbons": ribbons}), theme)
    bars = sum(len(trace.x) for trace in figure.data if trace.type == "bar")

    assert len(figure.to_json()) < LIGHT
    # Areas and lines are one shape each; what is hatched are bars.
    assert len(figure.data) - 5 + bars < 30


def _of(ribbon: Ribbon) -> tuple[Any, ...]:
    return ribbon.spreads, ribbon.line, ribbon.now, ribbon.before


def test_a_stretch_is_marked_whole_and_another_is_chosen_along_time_only(theme: Theme) -> None:
    first, last = date(2017, 3, 6), date(2017, 3, 19)
    plain = river.figure(long_river(52), theme)
    figure = river.figure(long_river(52), theme, stretch=(first, last), selectable=True)

    (band,) = [shape for shape in figure.layout.shapes if shape not in plain.layout.shapes]
    assert (band.x1 - band.x0) / 86_400_000 == 14
    assert (band.y0, band.layer) == (0, "below")
    assert (figure.layout.dragmode, figure.layout.selectdirection) == ("select", "h")
    assert plain.layout.dragmode is False


def test_bands_of_a_stream_break_at_a_blank_step(theme: Theme) -> None:
    starts = tuple(date(2025, month, 1) for month in range(1, 8))
    shares = ((0.5, 0.5, 0.5, None, 0.5, 0.5, 0.5), (0.0,) * 3 + (None,) + (0.0,) * 3)
    shares += (tuple(None if s is None else 1 - s for s in shares[0]),)
    data = GenreStream(Step.MONTH, starts, ("rock", "others", "unknown"), shares, (), NOTHING)
    figure = stream.figure(data, theme)
    bands = [t for t in figure.data if t.type == "scatter"]

    assert {t.stackgroup for t in bands} == {"0", "1"}
    assert all(len(t.x) == 3 for t in bands)


def test_lines_of_ranks_never_pass_a_rank_they_did_not_have(
    frame: Frame, span: Span, theme: Theme
) -> None:
    data = lines.lines(frame, date(2018, 11, 20), Of.ARTISTS, count=8)
    figure = rank_lines.figure(data, theme)
    for trace in figure.data:
        if trace.mode == "lines":
            known = [y for y in trace.y if y is not None]
            assert not known or (min(known) >= 1 and max(known) <= 10.8)


def test_a_source_of_which_nothing_counts_says_why(theme: Theme) -> None:
    day = date(2026, 1, 1)
    lane = Lane("Recorded", ((day, day),), 0, "100 % told by others too")
    figure = lanes.figure(Covered((lane,), (), day, day, NOTHING), theme, narrow=True)

    (said,) = [note.text for note in figure.layout.annotations if "Recorded" in note.text]
    assert "all of it told by others too" in said
    assert "0 plays" not in said


def test_bars_of_keys_fill_their_figure_up_and_down(theme: Theme) -> None:
    data = KeysHeard((100.0, 10.0), ("C major", "A minor"), NOTHING)
    low, high = keys.figure(data, theme).layout.yaxis.range

    assert high > 100
    assert -low < high / 2


def test_names_of_keys_are_small_where_there_is_no_room(theme: Theme) -> None:
    data = KeysHeard((100.0, 10.0), ("C major", "A minor"), NOTHING)
    named = [note for note in keys.figure(data, theme).layout.annotations if note.name]
    assert {(note.text, note.name, note.font.size) for note in named} == {
        *(("C", "roomy", 12), ("C", "tight", 10), ("Am", "roomy", 12), ("Am", "tight", 10)),
    }


def test_a_step_that_was_not_recorded_is_hatched_among_lines_of_ranks(
    frame: Frame, theme: Theme
) -> None:
    data = lines.lines(frame, date(2018, 11, 20), Of.ARTISTS, count=8)
    blank = (False, True, *data.blank[2:])
    (found,) = hatches(rank_lines.figure(replace(data, blank=blank), theme))

    assert 1 in found.x
    assert len(found.x) == sum(blank)
    assert all(text.startswith("not recorded<br>") for text in found.hovertext)


@pytest.mark.parametrize(
    ("worst", "ticks"), [(3, [1, 5]), (12, [1, 5, 10, 20]), (33, [1, 10, 20, 40])]
)
def test_an_axis_of_places_goes_as_deep_as_the_worst(
    worst: int, ticks: list[int], frame: Frame, theme: Theme
) -> None:
    data = _life(frame)
    ranks = (1, worst, *([None] * (len(data.ranks) - 2)))
    figure = life.places(replace(data, ranks=ranks, peak=(1, 1)), theme)

    assert list(figure.layout.yaxis.tickvals) == ticks
    assert figure.layout.yaxis.range[0] >= worst


def test_a_peak_is_named_above_the_line_of_the_time_before(theme: Theme) -> None:
    data = bars(*([5] * 30), 9, *([5] * 20), before=20)
    (label,) = [n for n in activity.figure(data, theme).layout.annotations if "9," in n.text]
    assert label.y == 20


def test_a_race_of_many_stays_light_and_ends_with_the_end(theme: Theme) -> None:
    starts = tuple(date(2016, 1, 1) + timedelta(days=30 * n) for n in range(130))
    titles = tuple(f"A track with quite a long title, number {n}" for n in range(90))
    frames = tuple(
        tuple(((n + place) % 90, 1000.0 - place) for place in range(10)) for n in range(130)
    )
    data = Race(Of.TRACKS, By.PLAYS, starts, titles, frames, NOTHING)
    figure = race.figure(data, theme)

    assert len(figure.to_json()) < LIGHT
    assert figure.frames[-1].name == "129"
    assert [step.args[0][0] for step in figure.layout.sliders[0].steps] == [
        f.name for f in figure.frames
    ]


def test_a_race_does_not_move_for_who_asked_for_less_motion(
    frame: Frame, span: Span, theme: Theme
) -> None:
    data = races.race(frame, span, Of.ARTISTS)

    assert race.figure(data, theme).layout.updatemenus
    assert not race.figure(data, theme, still=True).layout.updatemenus


def test_titles_of_strangers_show_as_they_were_written(theme: Theme) -> None:
    data = Race(Of.TRACKS, By.PLAYS, (date(2026, 1, 1),), ("<b>$x$</b>",), (((0, 3.0),),), NOTHING)
    figure = race.figure(data, theme)

    assert list(figure.data[0].text) == ["&lt;b&gt;&#36;x&#36;&lt;/b&gt;"]


def test_figures_say_nothing_but_json(frame: Frame, span: Span, theme: Theme) -> None:
    for measure, drawn in CHARTS.values():
        json.loads(drawn(measure(frame, span), theme).to_json())


def test_an_axis_of_plays_has_no_ticks_within_one(theme: Theme) -> None:
    assert activity.figure(bars(1, 0), theme).layout.yaxis.dtick == 1
    assert activity.figure(bars(40, 0), theme).layout.yaxis.dtick is None
