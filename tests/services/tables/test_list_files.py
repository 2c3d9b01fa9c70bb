"""A list is read by what its file holds: M3U8, XSPF, JSON, lines or a table."""

import pytest

from ttt.errors import InvalidInput
from ttt.services.tables import list_files

XSPF = """<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList>
<track><title>Dust</title><creator>Ada</creator><duration>215000</duration><annotation/></track>
<track><location>spotify:track:x</location></track>
</trackList></playlist>"""


def rows(content: str) -> list[dict[str, str]]:
    found = list_files.read(content.encode()).rows
    return [{name: cell for name, cell in cells.items() if cell} for _, cells in found]


def test_m3u8_says_artist_title_and_seconds_over_each_link() -> None:
    assert rows(
        "#EXTM3U\n#EXTINF:215,Ada - Dust\nspotify:track:x\n#EXTINF:-1,Snow\nhttps://y\n"
        '#EXTINF:0,Bob - Left Out\n#EXTINF:10 tvg-id="a",Cid – Last\n'
    ) == [
        {"link": "spotify:track:x", "artist": "Ada", "title": "Dust", "duration_ms": "215000"},
        {"link": "https://y", "title": "Snow"},
        {"artist": "Bob", "title": "Left Out"},
        {"artist": "Cid", "title": "Last", "duration_ms": "10000"},
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_xspf_says_the_same_in_elements(encoding: str) -> None:
    found = list_files.read(XSPF.encode(encoding)).rows
    told = [{name: cell for name, cell in cells.items() if cell} for _, cells in found]
    assert told == [
        {"title": "Dust", "artist": "Ada", "duration_ms": "215000"},
        {"link": "spotify:track:x"},
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<!doctype html><html></html>", "a web page"),
        ("<plist version='1.0'></plist>", "a library of iTunes"),
        ('<?xml version="1.0"?><!DOCTYPE x><playlist/>', "declares a document type"),
        ("<playlist><track>", "damaged"),
        ("<playlist></playlist>", "no XSPF playlist"),
    ],
)
def test_other_xml_is_refused_by_what_it_is(content: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        list_files.read(content.encode())


def test_lines_json_and_tables_are_told_apart() -> None:
    dust = {"artist": "Ada", "title": "Dust"}
    assert rows("1. Ada - Dust\n2. Bob - Snow\n") == [dust, {"artist": "Bob", "title": "Snow"}]
    assert rows('[{"artist": "Ada", "title": "Dust"}]') == [dust]
    assert rows("artist,title\nAda,Dust\n") == [dust]
