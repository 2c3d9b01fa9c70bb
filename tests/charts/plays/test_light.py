"""Every figure stays light at a million plays, for any time and on a phone too."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from tests.bench.plays import heard
from tests.charts.plays.test_figures import CHARTS, LIGHT
from ttt import charts
from ttt.chartdata import Of, Step
from ttt.charts.plays import life as life_figures
from ttt.charts.plays import rank_lines
from ttt.charts.plays.mood import river
from ttt.charts.theme import Theme
from ttt.charts.theme import theme as themed
from ttt.music import Measure
from ttt.services.plays.frame import Frame, PlayedTrack, Span
from ttt.services.plays.frame.building import of_columns
from ttt.services.plays.frame.span import everything, latest
from ttt.services.plays.measures import life
from ttt.services.plays.measures.charts import lines
from ttt.services.plays.measures.mood import river as rivers

MILLION = 1_000_000
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TODAY = NOW.date()
SPANS = (everything(date(2016, 11, 28), TODAY), latest("1y", TODAY))
# Made of what is heard once, so that the time that is looked at changes nothing.
OF_A_DAY = ("lines", "life", "months", "places", "lanes")


@pytest.fixture(scope="module")
def theme() -> Theme:
    """One of the two: their colours are of equal length."""
    return themed("dark")


@pytest.fixture(scope="module")
def many() -> Frame:
    """A million plays of 20,000 tracks with long names."""
    tracks = [_track(n) for n in range(20_000)]
    plays = heard.made(MILLION, np.arange(len(tracks)), NOW)
    zeros = np.zeros(MILLION, np.uint16)
    columns = {
        "started": plays.started,
        "ms": plays.ms.astype(np.int32),
        "track": plays.track.astype(np.int32),
        "source": zeros.astype(np.uint8),
        "how": zeros,
        "play": plays.ms >= 30_000,
        "device": zeros.astype(np.uint8),
    }
    return of_columns(columns, tracks, "Europe/Berlin")


def _track(n: int) -> PlayedTrack:
    part = n * 7919 % 1_000 / 1_000
    return PlayedTrack(
        n,
        f"A Made-up Song with Quite a Long Title, Number {n} - Remastered 2011",
        (f"An Invented Artist with a Long Name {n % 3_000}",),
        album=f"An Album of Nothing at All {n % 9_000}",
        release_year=1960 + n % 66,
        energy=part,
        valence=1 - part,
        tempo=round(70 + 100 * part, 1),
        popularity=float(n % 100),
        key=n % 12,
        mode=n % 2,
        genres=(f"genre {n % 17}", f"genre {n % 5}"),
    )


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.key)
@pytest.mark.parametrize("name", [name for name in CHARTS if name not in OF_A_DAY])
def test_a_figure_of_a_million_plays_is_light(
    many: Frame, theme: Theme, name: str, span: Span
) -> None:
    measure, drawn = CHARTS[name]
    data = measure(many, span)
    for narrow in (False, True):
        assert len(drawn(data, theme, narrow=narrow).to_json()) < LIGHT


@pytest.mark.parametrize("step", [Step.WEEK, Step.MONTH])
def test_a_river_is_light_whatever_it_shows(many: Frame, theme: Theme, step: Step) -> None:
    for span in SPANS:
        data = rivers.river(many, span, step, tuple(Measure))
        figure = river.figure(data, theme, stretch=(span.first, span.last), selectable=True)
        assert len(figure.to_json()) < LIGHT


@pytest.mark.parametrize("of", [Of.TRACKS, Of.ARTISTS, Of.ALBUMS, Of.GENRES])
def test_a_life_of_thousands_of_plays_is_light(many: Frame, theme: Theme, of: Of) -> None:
    data = life.life(many, of, 1, TODAY)
    for drawn in (life_figures.figure, life_figures.months, life_figures.places):
        assert len(drawn(data, theme).to_json()) < LIGHT
    if of is not Of.GENRES:
        found = lines.lines(many, TODAY, of)
        assert len(rank_lines.figure(found, theme).to_json()) < LIGHT


def figures() -> Iterator[str]:
    """Modules that draw plays."""
    for path in (Path(charts.__file__).parent / "plays").rglob("*.py"):
        names = {node.name for node in ast.parse(path.read_text()).body if hasattr(node, "name")}
        if "figure" in names:
            yield path.stem


def test_no_figure_of_plays_is_left_out() -> None:
    drawn = {figure.__module__.rpartition(".")[2] for _, figure in CHARTS.values()}
    assert set(figures()) == drawn
