"""Cards are whole pictures: escaped, with ids of their own, saying what is missing."""

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.charts.plays.conftest import TODAY
from tests.services.plays.histories import History, Told
from ttt.chartdata import Recap
from ttt.charts.cards import cards, png, whole
from ttt.charts.cards.paper import fitted, initials
from ttt.charts.theme import Theme
from ttt.charts.theme import theme as named
from ttt.services.plays.frame import Frame, PlayedTrack
from ttt.services.plays.frame.span import of_year
from ttt.services.plays.measures.recap import recap

steadily = settings(derandomize=True, deadline=None, max_examples=40)


@pytest.fixture(scope="module")
def year(frame: Frame) -> Recap:
    return recap(frame, of_year(2018, TODAY))


def test_about_ten_cards_are_drawn(year: Recap, theme: Theme) -> None:
    names = [card.name for card in cards(year, theme)]

    assert len(names) >= 8
    assert names[:2] == ["days", "track"]
    assert len(set(names)) == len(names)


def test_every_card_is_xml_with_ids_of_its_own(year: Recap, theme: Theme) -> None:
    found = [id_ for card in cards(year, theme) for id_ in re.findall(r' id="([^"]+)"', card.svg)]

    assert len(set(found)) == len(found)
    for card in cards(year, theme):
        root = ET.fromstring(card.svg)
        assert root.attrib["viewBox"] == "0 0 1080 1350"
        assert root.attrib["aria-label"]
    ET.fromstring(whole(cards(year, theme), theme))


def test_a_card_says_what_is_missing(year: Recap, theme: Theme) -> None:
    (days,) = [card for card in cards(year, theme) if card.name == "days"]

    assert "days not recorded" in days.svg
    (mood,) = [card for card in cards(year, theme) if card.name == "mood"]
    assert "of the time" in mood.svg


def test_what_is_not_known_has_no_card(year: Recap, theme: Theme) -> None:
    bare = replace(
        year,
        moods=(),
        genres=("others", "unknown"),
        genre_shares=((), ()),
        climbers=(),
        newcomers=(),
    )

    assert not {"mood", "genres", "up", "new"} & {card.name for card in cards(bare, theme)}
    assert cards(replace(year, plays=0), theme) == ()


@steadily
@given(st.text(min_size=1, max_size=60))
def test_no_title_breaks_out_of_its_card(title: str) -> None:
    told = [Told(1_530_000_000 + n * 4_000, 200_000, 1) for n in range(20)]
    played = [PlayedTrack(1, title, (title,), album=title, uri="spotify:track:1")]
    data = recap(History(told, played, "UTC").frame, of_year(2018, date(2018, 11, 28)))
    for card in cards(data, named("dark")):
        ET.fromstring(card.svg)


def test_markup_in_a_title_is_shown_as_text(year: Recap, theme: Theme) -> None:
    row = replace(year.tracks[0], title='</text><script>"&')
    drawn = cards(replace(year, tracks=(row,)), theme)
    svg = next(card.svg for card in drawn if card.name == "tracks")

    assert "<script" not in svg
    assert "&lt;/text&gt;&lt;script&gt;" in svg


def everywhere(value: Any, text: str) -> Any:
    """The same data with this text in the place of each other."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(everywhere(each, text) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        known = {each.name: getattr(value, each.name) for each in fields(value)}
        return replace(value, **{name: everywhere(each, text) for name, each in known.items()})
    return value


def shape(recap: Recap) -> set[tuple[str, ...]]:
    """Each element of all cards with the names of its attributes."""
    drawn = (ET.fromstring(card.svg) for card in cards(recap, named("dark")))
    return {(each.tag, *sorted(each.attrib)) for root in drawn for each in root.iter()}


@pytest.mark.parametrize(
    "text", ['"><img src=x onerror=alert(1)>', "' onload='alert(1)", "]]><script>"]
)
def test_no_text_anywhere_in_a_recap_becomes_an_element_or_an_attribute(
    year: Recap, text: str
) -> None:
    assert shape(everywhere(year, text)) == shape(
        everywhere(year, "some text as long as the other")
    )


def test_a_card_becomes_a_picture_of_its_size(year: Recap) -> None:
    card = cards(year, named("dark"))[0]
    picture = Image.open(io.BytesIO(png(card.svg, 540)))

    assert picture.size == (540, 675)
    assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 50


def test_words_are_drawn_with_the_typeface_that_comes_along() -> None:
    def drawn(text: str) -> bytes:
        return png(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" font-family='
            f'"\'Source Sans Pro\'"><text x="5" y="40" font-size="40">{text}</text></svg>',
            200,
        )

    assert drawn("Aa") != drawn("")
    assert drawn("Żé") != drawn("Ze")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [("short", 400, "short"), ("a" * 50, 200, "a" * 19 + "…"), ("日" * 20, 200, "日" * 9 + "…")],
)
def test_a_text_is_cut_where_it_would_leave_its_place(text: str, width: int, expected: str) -> None:
    assert fitted(text, width, 20) == expected


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Florence & The Machine", "FT"), ("ABBA", "A"), ("!!!", "!"), ("日本", "日")],
)
def test_a_cover_has_the_first_letters_of_two_words(name: str, letters: str) -> None:
    assert initials(name) == letters
