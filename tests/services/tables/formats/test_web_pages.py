"""A page that a browser saved is a list where it names tracks, or links them."""

import pytest

from ttt.errors import InvalidInput
from ttt.services.tables.formats import web_pages

ID, OTHER = "4h9wh7iOZ0GGn8QVp4RAOB", "0VjIjW4GlUZAMYd2vXMi3b"


def test_rows_and_cells_may_be_left_open_and_each_has_its_own_link() -> None:
    page = (
        f"<a href='/track/{OTHER}'>above</a><table><tr><th>Title<th>Artist"
        f"<tr><td>Song<td>Ann<tr><td><a href=/track/{ID}>Tune</a><td>"
        f"<a href='/track/{OTHER}'>Bob</a><tr></table>"
    )
    assert list(web_pages.read(page)) == [
        {"link": "", "title": "Song", "artist": "Ann"},
        {"link": ID, "title": "Tune", "artist": "Bob"},
    ]


def test_without_a_table_of_tracks_each_that_is_linked_counts_once() -> None:
    links = (f"/track/{ID}", f"https://open.spotify.com/track/{OTHER}", f"/intl-de/track/{ID}")
    page = "<table><tr><td>Menu" + "".join(f'<a href="{link}">x</a>' for link in links)
    assert list(web_pages.read(page)) == [{"link": ID}, {"link": OTHER}]
    with pytest.raises(InvalidInput, match="without a link to a track"):
        list(web_pages.read("<p>Song by Ann <a href='/album/x'>here</a>"))
