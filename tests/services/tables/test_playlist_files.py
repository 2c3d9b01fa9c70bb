from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from ttt.services.tables import playlist_files
from ttt.services.tracks.rows import TrackRow

FULL = TrackRow("spotify:track:1", "Dust", ("Ada", "Zoe"), album="Desert", duration_ms=599_600)
BARE = TrackRow("spotify:track:2", None)
_XSPF = "{http://xspf.org/ns/0/}"


def test_an_m3u8_file_has_a_line_of_words_over_each_link() -> None:
    assert playlist_files.m3u8("Road trip", [FULL, BARE]).splitlines() == [
        "#EXTM3U",
        "#PLAYLIST:Road trip",
        "#EXTINF:600,Ada, Zoe - Dust",
        "https://open.spotify.com/track/1",
        "#EXTINF:-1,spotify:track:2",
        "https://open.spotify.com/track/2",
    ]


def test_an_xspf_file_says_what_is_known_and_nothing_else() -> None:
    playlist = ET.fromstring(playlist_files.xspf("Road trip", [FULL, BARE]))
    assert playlist.findtext(f"{_XSPF}title") == "Road trip"
    full, bare = playlist.iter(f"{_XSPF}track")
    assert {child.tag.removeprefix(_XSPF): child.text for child in full} == {
        "location": "https://open.spotify.com/track/1",
        "identifier": "spotify:track:1",
        "title": "Dust",
        "creator": "Ada, Zoe",
        "album": "Desert",
        "duration": "599600",
    }
    assert [child.tag.removeprefix(_XSPF) for child in bare] == ["location", "identifier"]


@given(st.text(), st.text(), st.text())
def test_whatever_a_name_holds_the_files_stay_whole(name: str, title: str, artist: str) -> None:
    rows = [TrackRow("spotify:track:1", title, (artist,), note=title)]
    assert len(playlist_files.m3u8(name, rows).splitlines()) == 4
    playlist = ET.fromstring(playlist_files.xspf(name, rows))
    assert len(list(playlist.iter(f"{_XSPF}track"))) == 1


def test_nothing_in_an_m3u8_file_is_obeyed_by_a_terminal() -> None:
    row = TrackRow("spotify:track:4h9wh7iOZ0GGn8QVp4RAOB", "a\x1b[31mb\x9b2Jc")
    assert playlist_files.m3u8("x\x07y", [row]).replace("\n", "").isprintable()


def test_an_xspf_file_says_that_it_is_one_of_xml_in_utf_8() -> None:
    first, second, *_ = playlist_files.xspf("Road trip", [FULL]).splitlines()
    assert first == "<?xml version='1.0' encoding='utf-8'?>"
    assert second == '<playlist version="1" xmlns="http://xspf.org/ns/0/">'
