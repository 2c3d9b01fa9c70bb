from collections.abc import Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import page_links, play
from ttt.services.tracks.rows import Direction, Movement, TrackRow
from ttt.ui.tracks import cards
from ttt.ui.tracks.leading import Heard

EMPTY = "Nothing here."


class Page(HTMLParser):
    """The tags and the text of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def attributes(self, wanted: str, name: str) -> list[str | None]:
        return [attributes.get(name) for tag, attributes in self.tags if tag == wanted]


def shown(rows: Sequence[TrackRow]) -> AppTest:
    return play(lambda: cards.tracks("Last year", rows, EMPTY))


def html(*rows: TrackRow) -> Page:
    (element,) = play(lambda: cards.found(rows)).get("html")
    return Page(element.proto.body)


def test_without_tracks_there_is_a_sentence() -> None:
    app = shown([])
    (head,) = app.get("html")
    assert [caption.value for caption in app.caption] == [EMPTY]
    assert Page(head.proto.body).text == ["Last year"]


def test_a_heading_is_one_with_its_tracks_and_shows_what_stands_beside_it_as_text() -> None:
    row = TrackRow("spotify:track:1", "Dust", ("Ada",))
    app = play(lambda: cards.tracks("Last year", [row], EMPTY, "<i>by Spotify</i>"))
    (element,) = app.get("html")
    assert Page(element.proto.body).text == ["Last year", "<i>by Spotify</i>", "Dust", "Ada"]


def test_where_the_whole_is_a_link_stands_beside_the_heading() -> None:
    row = TrackRow("spotify:track:1", "Dust", ("Ada",))
    app = play(lambda: cards.tracks("Last year", [row], EMPTY, link=("top-tracks", "All 50")))
    assert page_links(app) == ["All 50"]
    head, body = (Page(element.proto.body).text for element in app.get("html"))
    assert (head, body) == (["Last year"], ["Dust", "Ada"])


def test_a_track_leads_to_spotify_in_a_tab_of_its_own() -> None:
    page = html(TrackRow("spotify:track:1", "Dust", ("Ada", "Zoe")))
    assert page.attributes("a", "href") == ["https://open.spotify.com/track/1"]
    assert page.attributes("a", "rel") == ["noopener"]
    assert page.text == ["Dust", "Ada, Zoe"]


def test_names_of_what_was_heard_lead_to_their_pages() -> None:
    row = TrackRow("spotify:track:1", "Dust", ("Ada", "Zoe & Co"))
    known = Heard({"spotify:track:1"}, {"Zoe & Co"})
    app = play(lambda: cards.found([row], heard=known))
    page = Page(app.get("html")[0].proto.body)

    assert page.attributes("a", "href") == ["/track?id=1", "/artist?name=Zoe%20%26%20Co"]
    assert page.attributes("a", "target") == ["_self", "_self"]
    assert page.text == ["Dust", "Ada, ", "Zoe & Co"]


def test_only_ranks_are_numbered() -> None:
    page = html(TrackRow("spotify:track:1", "Dust", rank=36), TrackRow("spotify:track:2", "Sand"))
    assert page.text == ["36", "Dust", "not described yet", "Sand", "not described yet"]


def test_a_saved_track_says_in_the_place_of_a_rank_when_it_was_added() -> None:
    row = TrackRow("spotify:track:1", "Dust", added_at=datetime(2026, 11, 3, tzinfo=UTC))
    assert html(row).text == ["3 Nov", "Dust", "not described yet"]


@pytest.mark.parametrize(
    ("movement", "text", "spoken"),
    [
        (Movement(Direction.UP, 6), "▲ 6", "up 6"),
        (Movement(Direction.DOWN, 2), "▼ 2", "down 2"),
        (Movement(Direction.NEW), "new", None),
    ],
)
def test_a_movement_is_shown_and_can_be_heard(
    movement: Movement, text: str, spoken: str | None
) -> None:
    page = html(TrackRow("spotify:track:1", "Dust", ("Ada",), movement=movement))
    assert page.text[-1] == text
    assert page.attributes("span", "aria-label")[-1] == spoken


@pytest.mark.parametrize("movement", [None, Movement(Direction.SAME)])
def test_what_did_not_move_says_nothing(movement: Movement | None) -> None:
    page = html(TrackRow("spotify:track:1", "Dust", ("Ada",), movement=movement))
    assert page.text == ["Dust", "Ada"]


def test_a_cover_is_spotifys_own_and_else_a_tile() -> None:
    own = TrackRow("spotify:track:1", "Dust", cover_url="https://i.scdn.co/image/1")
    page = html(own, TrackRow("spotify:track:2", "Sand"))
    first, second = page.attributes("img", "src")
    assert first == "https://i.scdn.co/image/1"
    assert str(second).startswith("data:image/svg+xml,")


def test_names_are_text_whatever_they_hold() -> None:
    nasty = '"><script>alert(1)</script>'
    row = TrackRow(f"spotify:track:{nasty}", nasty, (nasty,), cover_url=nasty)
    page = html(row)
    assert {tag for tag, _ in page.tags} == {"ol", "li", "span", "img", "a", "b", "small"}
    assert page.text == [nasty, nasty]
    assert page.attributes("img", "src") == [nasty]
