import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import covers

SVG = "{http://www.w3.org/2000/svg}"


def drawn(row: TrackRow) -> ElementTree.Element:
    head, _, svg = covers.tile(row).partition(",")
    assert head == "data:image/svg+xml"
    return ElementTree.fromstring(unquote(svg))


def letters(title: str | None, *artists: str) -> str | None:
    return drawn(TrackRow("spotify:track:1", title, artists)).findtext(f"{SVG}text")


@pytest.mark.parametrize(
    ("artist", "initials"),
    [
        ("Carly Rae Jepsen", "CR"),
        ("ABBA", "A"),
        ("björk", "B"),
        ("åge aleksandersen", "ÅA"),
        ("<script> & co", "<&"),
        ("米津 玄師", "米玄"),
    ],
)
def test_a_tile_shows_the_initials_of_the_first_artist(artist: str, initials: str) -> None:
    assert letters("Title", artist, "Another") == initials


def test_without_an_artist_it_shows_those_of_the_title() -> None:
    assert letters("Nothing Else Matters") == "NE"


def test_where_nothing_is_known_it_says_so() -> None:
    assert letters(None) == "?"


def test_a_track_keeps_its_colour_and_another_has_its_own() -> None:
    rows = [TrackRow(f"spotify:track:{n}", "Title", ("Band",)) for n in (1, 1, 2)]
    first, again, other = map(covers.tile, rows)
    assert first == again
    assert first != other


@given(st.text())
def test_any_name_makes_a_picture_that_can_stand_in_an_attribute(name: str) -> None:
    row = TrackRow("spotify:track:1", "Title", (name,))
    assert len(drawn(row).findtext(f"{SVG}text") or "") <= 8
    assert re.fullmatch(r"[!#-;=?-~]*", covers.tile(row))
