"""A list is read by what its file holds: M3U8, XSPF, JSON, lines or a table."""

import pytest

from ttt.errors import InvalidInput
from ttt.services.lists import reading
from ttt.services.tables import list_files
from ttt.services.tables.formats import stacked

XSPF = """<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList>
<track><title>Dust</title><creator>Ada</creator><duration>215000</duration><annotation/></track>
<track><location>spotify:track:x</location></track>
</trackList></playlist>"""


LINK = "spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"


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


def test_a_file_in_m3u8_of_which_nothing_is_said_goes_by_its_name() -> None:
    assert rows("#EXTM3U\n/music/Ada - Dust.mp3\nfile:///x/01%20-%20Bob%20-%20Snow.flac\n") == [
        {"link": "/music/Ada - Dust.mp3", "artist": "Ada", "title": "Dust"},
        {"link": "file:///x/01%20-%20Bob%20-%20Snow.flac", "artist": "Bob", "title": "Snow"},
    ]


TRACK = "<track><title>Dust &amp; Snow</title><creator>Ada</creator></track>"


@pytest.mark.parametrize(
    ("tracks", "whole", "numbers_lost"),
    [
        (TRACK.replace("&amp;", "&"), 1, []),
        (TRACK.replace("Dust &amp;", "<![CDATA[Dust &]]>"), 1, []),
        (TRACK.replace("Dust", "Dust\x01"), 1, []),
        (TRACK + TRACK.replace("</creator>", "") + TRACK, 2, [2]),
        (TRACK + "<track><title>cut o", 1, [2]),
    ],
)
def test_a_damaged_playlist_costs_the_tracks_that_are(
    tracks: str, whole: int, numbers_lost: list[int]
) -> None:
    head, tail = XSPF.partition("<track>")[0], "</trackList></playlist>"
    found = list_files.read((head + tracks + ("" if tracks.endswith("o") else tail)).encode())
    assert [cells["title"] for _, cells in found.rows] == ["Dust & Snow"] * whole
    assert [row.number for row in found.broken] == numbers_lost


def test_a_playlist_in_another_encoding_than_it_says_is_read() -> None:
    content = XSPF.replace("Dust", "Düne").encode("cp1252")
    assert list_files.read(content).rows[0][1]["title"] == "Düne"


def test_of_several_places_of_a_track_the_one_at_spotify_is_taken() -> None:
    links = [f"<location>{place}</location>" for place in (LINK, "file:///dust.mp3")]
    for order in (links, links[::-1]):
        content = XSPF.replace("<title>Dust", "".join(order) + "<title>Dust")
        assert rows(content)[0]["link"] == LINK


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_several_links_in_a_row_without_header_are_never_one(delimiter: str) -> None:
    other = LINK[:-1] + "C"
    found = list_files.read(f"{LINK}{delimiter}{other}\n{LINK}{delimiter}{LINK}\n".encode())
    assert [row.number for row in found.broken] == [1]
    assert "more than one link" in found.broken[0].reason
    assert [number for number, _ in found.rows] == [2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<!doctype html><html></html>", "a web page"),
        ("<plist version='1.0'></plist>", "This library of iTunes"),
        ('<?xml version="1.0"?><!DOCTYPE x><playlist/>', "declares a document type"),
        ("<playlist><track>", "damaged"),
        ("<playlist></playlist>", "no tracks"),
        ("<?xml version='1.0'?><Workbook><Row/></Workbook>", "a workbook"),
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


@pytest.mark.parametrize(("named", "columns"), [(4, ("title", "artist")), (3, ("title",))])
def test_titles_name_the_artists_where_four_of_five_do(
    named: int, columns: tuple[str, ...]
) -> None:
    titles = ["Ada - Dust"] * named + ["Snow"] * (5 - named)
    found = list_files.read(("title\n" + "\n".join(titles) + "\n").encode(), header=True)
    assert found.columns == columns


def test_a_table_without_a_title_in_it_has_no_artists_to_name() -> None:
    assert list_files.read(b"title,tempo\n,120\n").columns == ("title", "tempo")


def test_of_a_whole_file_nothing_is_lost_and_nothing_guessed() -> None:
    found = list_files.read(XSPF.encode())
    assert (found.lost, found.guesses, found.header_sure) == (0, (), True)


@pytest.mark.parametrize("columns", ["catalog#,artist,title,release_id", "rym album,title"])
def test_a_list_of_albums_is_refused(columns: str) -> None:
    with pytest.raises(InvalidInput, match="list of albums"):
        list_files.read(f"{columns}\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        f"{LINK}\nspotify:album:{'1' * 22}\nhttps://open.spotify.com/playlist/{'2' * 22}\n",
        f"[1/2/24, 10:00] Ann: hey, listen to this: {LINK}\n[1/2/24, 10:01] Bob: nice, thanks!\n",
    ],
)
def test_a_text_that_links_few_tracks_loses_the_other_lines_and_not_these(text: str) -> None:
    found = reading.read(list_files.read(text.encode()))
    assert [line.spotify_id for line in found.lines] == [LINK[-22:]]
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(found.refused) == len(lines) - 1
    assert all(refusal.reason for refusal in found.refused)


def test_links_that_stand_behind_each_other_are_each_a_row() -> None:
    uris = [f"spotify:track:{n:022}" for n in range(4)]
    for text in (", ".join(uris), " ".join(uris), ";".join(uris)):
        found = reading.read(list_files.read(text.encode()))
        assert [line.row for line in found.lines] == [1, 2, 3, 4]
        assert [f"spotify:track:{line.spotify_id}" for line in found.lines] == uris


def test_a_text_without_any_link_stays_what_it_was() -> None:
    assert list_files.read(b"Hello, world\nHow are you, today?\n").columns == ("hello", "world")


PAGE = (
    "#\nTitle\nAlbum\n\n1\nDust\nAnn\nMotes\nMar 1, 2024\n4:00\n\n"
    "2\n505\nE\nBob, Cid\nSand\nMar 2, 2024\n4:13\n© 2024\n"
)


@pytest.mark.parametrize(
    ("text", "tracks", "others"),
    [
        (PAGE, [("Dust", "Ann", "4:00"), ("505", "Bob, Cid", "4:13")], 4),
        ("Dust\nAnn\n4:00\n505\nE\nBob, Cid\nSand\n1:04:13\n", [("Dust", "Ann", "4:00")], 0),
        ("1\nDust\nAnn\n2\n505\nBob, Cid\n", [("Dust", "Ann", "")], 0),
    ],
)
def test_tracks_of_a_page_with_a_line_for_each_thing_are_read(
    text: str, tracks: list[tuple[str, ...]], others: int
) -> None:
    rows = [row for _, row in list_files.read(text.encode()).rows]
    found = [(row["title"], row["artist"], row["duration"]) for row in rows if row["title"]]
    assert (found[: len(tracks)], len(found), len(rows)) == (tracks, 2, 2 + others)
    assert found[1][:2] == ("505", "Bob, Cid")


@pytest.mark.parametrize(
    "text",
    [
        "1\nDust\n2\nSand\n",
        "00:00\nAnn - Dust\n04:13\nBob - Sand\n",
        "1\nDust\nAnn\n4:00\n",
        "1\nDust\nhttps://open.spotify.com/track/4h9wh7iOZ0GGn8QVp4RAOB\n2\nSand\nBob\n",
    ],
)
def test_other_lines_are_no_such_page(text: str) -> None:
    assert stacked.read(text) is None
