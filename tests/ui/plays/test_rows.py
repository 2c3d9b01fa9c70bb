from urllib.parse import unquote

from tests.services.plays.histories import made_up
from ttt.chartdata import Caption, Of, Stories, Story, TopRow
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
