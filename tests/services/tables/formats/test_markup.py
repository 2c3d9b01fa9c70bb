import plistlib
import re
import time

import pytest

from ttt.errors import InvalidInput
from ttt.services.lists import reading
from ttt.services.tables import list_files, spreadsheet
from ttt.services.tables.formats import markup

ID, OTHER = "4h9wh7iOZ0GGn8QVp4RAOB", "0VjIjW4GlUZAMYd2vXMi3b"
LINK = f"https://open.spotify.com/track/{ID}"

REKORDBOX = """<?xml version="1.0" encoding="UTF-8"?>
<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="6" Company="x"/>
<COLLECTION Entries="1"><TRACK TrackID="7" Name="Song" Artist="Ann" Album="L" Genre="House"
 TotalTime="200" Year="2001" AverageBpm="124.00" Tonality="8A" Location="file://localhost/a.mp3">
<TEMPO Inizio="0.1" Bpm="61.00"/><POSITION_MARK Name="x"/></TRACK></COLLECTION>
<PLAYLISTS><NODE Type="0" Name="ROOT"><NODE Name="Mine" Type="1"><TRACK Key="7"/></NODE></NODE>
</PLAYLISTS></DJ_PLAYLISTS>"""
TRAKTOR = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<NML VERSION="19"><COLLECTION ENTRIES="1"><ENTRY TITLE="Song" ARTIST="Ann"><LOCATION FILE="a.mp3"/>
<ALBUM TITLE="L"/><INFO PLAYTIME="200" GENRE="House"/><TEMPO BPM="124.000"/></ENTRY></COLLECTION>
<PLAYLISTS><NODE TYPE="PLAYLIST" NAME="Mine"/></PLAYLISTS></NML>"""
WINDOWS = """<?wpl version="1.0"?>
<smil><head><title>Mine</title></head><body><seq><media src="..\\a.mp3" albumTitle="L"
 albumArtist="Ann" trackTitle="Song" trackArtist="Ann" duration="200000"/></seq></body></smil>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(("text", "tempo"), [(REKORDBOX, 124.0), (TRAKTOR, 124.0), (WINDOWS, None)])
def test_tracks_are_read_whose_names_stand_in_attributes(
    text: str, tempo: float | None, encoding: str
) -> None:
    found = reading.read(list_files.read(text.encode(encoding)))
    (said,) = found.said.values()
    assert (said.title, said.artists[0].name, said.album) == ("Song", "Ann", "L")
    assert said.duration_ms == 200_000
    assert (found.lines, found.refused) == ([], [])
    features = found.findings[1].features
    assert (features.tempo if features else None) == tempo


@pytest.mark.parametrize("text", [REKORDBOX, TRAKTOR, WINDOWS])
def test_of_a_damaged_collection_all_tracks_are_taken_that_are_whole(text: str) -> None:
    head = re.search(r"<(?:TRACK|ENTRY|media)\s[^<>]*>", text)
    assert head
    damaged = text.replace(head[0], f"{head[0]} & {head[0].replace('Song', 'Tune')}")
    found = reading.read(list_files.read(f"{damaged}{head[0][:30]}".encode()))
    assert [track.title for track in found.said.values()] == ["Song", "Tune"]
    assert [refusal.row for refusal in found.refused] == [3]


def library(*lists: list[int]) -> bytes:
    tracks = {
        str(n): {"Track ID": n, "Name": f"Song {n}", "Artist": "Ann", "Total Time": 200_000}
        for n in (1, 2, 3)
    }
    tracks["2"] |= {"Year": 2001, "Album": "L", "Genre": "Pop"}
    playlists = [{"Playlist Items": [{"Track ID": n} for n in one]} for one in lists]
    return plistlib.dumps({"Tracks": tracks, "Playlists": playlists})


def test_a_playlist_of_itunes_is_read_in_its_order() -> None:
    found = reading.read(list_files.read(library([3, 1])))
    assert [track.title for track in found.said.values()] == ["Song 3", "Song 1"]
    assert found.said[1].duration_ms == 200_000


def test_a_library_of_itunes_is_all_its_tracks() -> None:
    found = reading.read(list_files.read(library([3], [1])))
    assert [track.title for track in found.said.values()] == ["Song 1", "Song 2", "Song 3"]
    assert (found.said[2].album, found.said[2].release_date) == ("L", "2001")


def test_a_library_that_was_cut_off_loses_what_is_not_whole() -> None:
    cut = library([3])
    cut = cut[: cut.index(b"Song 3") + 3]
    found = reading.read(list_files.read(cut))
    assert [track.title for track in found.said.values()] == ["Song 1", "Song 2"]
    assert [(refusal.row, refusal.reason) for refusal in found.refused] == [
        (3, "The file is damaged here.")
    ]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"<integer>2001</integer>", b"<integer>two thousand</integer>"),
        (b"<string>Pop</string>", b"<date>never</date>"),
        (b"<string>Pop</string>", b"<string>R&B</string>"),
    ],
)
def test_what_a_library_says_wrongly_loses_no_track(good: bytes, bad: bytes) -> None:
    said = library()
    assert said.count(good) == 1
    found = reading.read(list_files.read(said.replace(good, bad)))
    assert [track.title for track in found.said.values()] == ["Song 1", "Song 2", "Song 3"]
    assert found.said[2].album == "L"


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<plist><dict><key>Tracks</key><string>&b;</string></dict></plist>"
)


@pytest.mark.parametrize(
    "content",
    [
        *(plistlib.dumps({"Tracks": {}}), plistlib.dumps([1]), BILLION),
        *(plistlib.dumps({"Tracks": {"1": 5}}), b"<plist>" + b"<dict>" * 50_000),
    ],
)
def test_a_library_that_holds_nothing_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="This library of iTunes"):
        list_files.read(content)


def test_a_saved_page_gives_the_tracks_that_it_links_each_once() -> None:
    page = (
        f'<!DOCTYPE html><html><body><a href="{LINK}?si=1"><img></a> <a class=x href={LINK}>S</a>'
        f"<a href='/intl-de/track/{OTHER}'>Tune</a><a href='/album/x'>L</a></body></html>"
    )
    found = reading.read(list_files.read(page.encode()))
    assert [line.spotify_id for line in found.lines] == [ID, OTHER]
    assert found.refused == []


@pytest.mark.parametrize("begins", ["<!doctype html><html>", "<table>", "<html><body><p>x"])
def test_the_table_of_a_page_is_read_like_any_other(begins: str) -> None:
    page = (
        f"{begins}<table><tr><td>Menu</td></tr></table><table><thead><tr><th>#<th>Title</th>"
        "<th>Artist</th></tr></thead><tr><td>1</td><td>Song &amp; <b>Dance</b></td><td>Ann</td>"
        f'</tr><tr><td>2</td><td><a href="{LINK}">Tune</a></td><td>Bob</td></tr></table>'
    )
    found = reading.read(list_files.read(page.encode()))
    assert [name.title for _, name in found.named.values()] == ["Song & Dance"]
    assert [(line.spotify_id, line.text) for line in found.lines] == [(ID, "Bob - Tune")]


@pytest.mark.parametrize("again", ["<a ", "<!--", "<a href='", "<td>", "<tr>", "</", "&#1"])
def test_a_hostile_page_takes_no_time(again: str) -> None:
    started = time.process_time()
    with pytest.raises(InvalidInput, match="This is a web page without a link"):
        markup.read(b"<html>" + again.encode() * 100_000)
    assert time.process_time() - started < 10


LOVED = "<track><name>Song</name><artist><name>Ann</name></artist><album><title>L</title></album>"
SONG = "<entry type='song'><title>Song</title><artist>Ann</artist></entry>"
RADIO = "<entry type='radio'><title>Waves</title></entry>"


@pytest.mark.parametrize(
    "inside", [f"<lovedtracks>{LOVED}</track></lovedtracks>", f"<db>{SONG}{RADIO}</db>"]
)
def test_tracks_are_known_by_what_stands_in_them(inside: str) -> None:
    (row,) = markup.read(f"<?xml version='1.0'?>{inside}".encode()) or []
    assert row is not None
    assert (row["title"], row["artist"]) == ("Song", "Ann")


def test_more_than_five_megabytes_are_refused_unread() -> None:
    with pytest.raises(InvalidInput, match=r"larger than 5 MB\."):
        markup.read(b"<playlist>" + b" " * 5 * 1024**2)


@pytest.mark.parametrize(
    "content",
    [
        b"<playlist><track><title>Dust</title><creator>Ada</creator></track></playlist>",
        b"title,artist\nDust,Ada\n",
        b'[{"title": "Dust", "artist": "Ada"}]',
    ],
)
def test_a_file_may_be_as_large_as_is_said(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_BYTES", len(content))
    assert len(reading.read(list_files.read(content)).named) == 1
    monkeypatch.setattr(spreadsheet, "MAX_BYTES", len(content) - 1)
    with pytest.raises(InvalidInput, match="is larger than"):
        list_files.read(content)


@pytest.mark.parametrize(("at", "is_library"), [(1_000, True), (1_001, False)])
def test_a_library_says_what_it_is_in_its_first_thousand_bytes(at: int, is_library: bool) -> None:
    begins = b"<?xml version='1.0'?><!-- "
    comment = b"x" * (at - len(begins) - len(b" --><plist"))
    content = begins + comment + b" --><plist></plist>"
    assert content[:at].endswith(b"<plist")
    said = "This library of iTunes" if is_library else "holds no tracks"
    with pytest.raises(InvalidInput, match=said):
        list_files.read(content)


@pytest.mark.parametrize(
    "above",
    [
        "<!-- saved from url=(0014)about:internet -->\n<!-- x -->",
        "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>",
    ],
)
def test_a_web_page_is_one_below_what_browsers_write_above_it(above: str) -> None:
    page = f"{above}<ul><li>Ann - Song</li><li>Bob – Tune</li></ul>"
    assert markup.read(page.encode()) == [
        {"link": "", "artist": "Ann", "title": "Song"},
        {"link": "", "artist": "Bob", "title": "Tune"},
    ]
