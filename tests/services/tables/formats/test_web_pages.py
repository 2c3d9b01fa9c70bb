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


def test_a_list_of_a_page_whose_lines_name_tracks_is_one_whatever_else_the_page_lists() -> None:
    menu = "<ul><li>Home</li><li>About - us</li><li>Shop</li></ul>"
    songs = "<ol><li>Ann - <b>Song</b></li><li>Bob &ndash; Tune</li></ol>"
    page = f"<html><head><title>A - B</title></head><body>{menu}{songs}</body></html>"
    rows = list(web_pages.read(page))
    assert [(row["artist"], row["title"]) for row in rows] == [("Ann", "Song"), ("Bob", "Tune")]


@pytest.mark.parametrize(
    "lines",
    [
        "<div>Ann - Song<br></div><div>Bob - Tune</div>",
        "<p>Song by Ann</p><p>Tune by Bob</p>",
        "Ann - Song<br>Bob - Tune",
    ],
)
def test_a_note_saved_as_a_page_is_read_line_by_line(lines: str) -> None:
    rows = list(web_pages.read(f"<html><body>{lines}</body></html>"))
    assert [(row["artist"], row["title"]) for row in rows] == [("Ann", "Song"), ("Bob", "Tune")]


def test_scripts_and_a_single_line_with_a_dash_are_no_list() -> None:
    page = "<script>a - b<br>c - d</script><p>Hello - there</p><p>How are you?</p>"
    with pytest.raises(InvalidInput, match="without a link to a track"):
        list(web_pages.read(f"<html><body>{page}</body></html>"))
