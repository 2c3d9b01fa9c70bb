import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from tests.services.plays.histories import made_up
from ttt.chartdata import Caption, Of, Stories, Story, TopRow
from ttt.charts.plays import rank_lines
from ttt.charts.theme import theme
from ttt.services.plays.measures.charts.lines import lines
from ttt.settings import PROJECT
from ttt.ui.plays import rows


def initials(row: rows.Row) -> str:
    """What stands on the cover that is made for a row."""
    svg = unquote(rows._item(row))
    return svg.partition("</text>")[0].rpartition(">")[2]


def test_a_cover_has_the_initials_of_the_artist_and_of_nothing_beside_it() -> None:
    tracks = made_up().frame.tracks
    top = TopRow(1, 0, "Red Hot", "12 tracks", 9, 0.5)
    story = Story(0, "Song", "Alice In Chains", "a year ago", 3)
    assert [initials(row) for row in rows.tops([top], Of.ARTISTS, tracks)] == ["RH"]
    told = Stories((story,), "plays that day", "play", Caption("", "", ""))
    assert [initials(row) for row in rows.stories(told, tracks)] == ["AI"]


def test_rows_are_as_high_as_the_ranks_of_the_lines_beside_them() -> None:
    style = (PROJECT / "ttt" / "ui" / "style.css").read_text()
    (height,) = re.findall(r"^\.ttt-heard li \{[^}]*\bheight: (\d+)px", style, re.MULTILINE)
    data = lines(made_up().frame, date(2018, 3, 21), Of.TRACKS)
    figure = rank_lines.figure(data, theme("dark")).to_dict()["layout"]
    first, last = figure["yaxis"]["range"][::-1]

    assert figure["margin"]["t"] == 0
    inner = figure["height"] - figure["margin"]["b"]
    assert inner / (last - first) == pytest.approx(int(height))
    # The middle of the first row is the first place.
    assert 1 - first == pytest.approx(0.5)


def test_lines_of_one_title_stay_apart_in_a_table() -> None:
    data = lines(made_up().frame, date(2018, 3, 21), Of.TRACKS)
    same = replace(data, lines=tuple(replace(line, title="Walk") for line in data.lines[:3]))
    columns = same.table().columns

    assert columns[1:] == ("Walk", "Walk (2)", "Walk (3)")
    assert [key for _, key in same.table().pages.values()] == [line.key for line in same.lines]


@pytest.mark.parametrize(
    ("climbed", "note", "said"),
    [(7, "", "up 7"), (-2, "", "down 2"), (0, "", "as before"), (None, "back", None)],
)
def test_a_movement_is_read_aloud_in_words(
    climbed: int | None, note: str, said: str | None
) -> None:
    html = rows._item(rows.Row("1", "Dust", "", "9", "", move=rows.moved(climbed, note)))
    assert re.findall(r'class="move" role="img" aria-label="([^"]*)"', html) == (
        [said] if said else []
    )
