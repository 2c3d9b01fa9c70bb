"""Any table, whoever wrote it: the same rows come out, or are refused for what is true of them."""

import csv
import io
import json
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from ttt.errors import InvalidInput
from ttt.found import FoundTrack
from ttt.providers import column_names, columns
from ttt.services.lists import reading
from ttt.services.lists.reading import Reading
from ttt.services.tables import list_files, playlist_files, spreadsheet
from ttt.services.tables.formats import plain_lines
from ttt.services.tables.spreadsheet import Sheet
from ttt.services.tracks.rows import TrackRow

ID = "4h9wh7iOZ0GGn8QVp4RAOB"
LINK = f"https://open.spotify.com/track/{ID}"


def read(content: str | bytes) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return reading.read(list_files.read(raw))


def only(content: str) -> FoundTrack:
    """What the only row of a table says of the track that it links."""
    found = read(content)
    assert ([line.spotify_id for line in found.lines], found.refused) == ([ID], [])
    (said,) = found.said.values()
    return said


@pytest.mark.parametrize(
    "cell",
    [
        "https://www.shazam.com/track/1/x",
        "https://www.deezer.com/track/3135556",
        "https://music.apple.com/us/album/x/1?i=2",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://tidal.com/browse/track/1",
        "spotify:local:Ann:Album:Song:200",
        "https://open.spotify.com/album/4h9wh7iOZ0GGn8QVp4RAOB",
        "17",
        "N/A",
        "-",
        "",
    ],
)
@pytest.mark.parametrize("header", ["ID", "URL", "link", "Spotify URI"])
def test_what_is_no_track_of_spotifys_leaves_title_and_artist_to_go_by(
    header: str, cell: str
) -> None:
    found = read(f"Title,Artist,{header}\nSong,Ann,{cell}\n")
    assert (found.lines, found.refused) == ([], [])
    assert found.named[2][1].title == "Song"


def test_of_several_link_columns_the_first_that_is_one_counts() -> None:
    header = "Song,Artist,Spotify Track Id,Track URL,Shazam URL"
    found = read(f"{header}\nS,A,{ID},https://example.org,https://shazam.com/1\nS,A,,{LINK},\n")
    assert [line.spotify_id for line in found.lines] == [ID, ID]
    assert read(f"url,spotify uri\nhttps://example.org/a,spotify:track:{ID}\n").lines


@pytest.mark.parametrize("cell", [ID, LINK, f"spotify:track:{ID}", f"{LINK}?si=abc"])
@pytest.mark.parametrize("header", ["wo", "My favourite column", "Verknüpfung"])
def test_a_column_of_tracks_needs_no_name(header: str, cell: str) -> None:
    found = read(f"Lied;{header}\nDust;{cell}\nSand;{cell}\n")
    assert [line.spotify_id for line in found.lines] == [ID, ID]


@pytest.mark.parametrize(
    "header",
    ["Album ID", "Artist ID", "Playlist ID", "Added By", "Owner Id", "User", "Künstler-ID"],
)
def test_ids_of_albums_and_people_are_no_tracks(header: str) -> None:
    found = read(f"Title,Artist,{header}\nDust,Ann,{ID}\n")
    assert (found.lines, len(found.named)) == ([], 1)
    assert read(f"{header};wo\n{'1' * 22};{LINK}\n").lines[0].spotify_id == ID


@pytest.mark.parametrize(
    "header",
    [
        "Titel;Interpret",
        "Titre;Artiste",
        "Título;Artista",
        "Titolo;Artista",
        "TITEL;Künstler",
        "Song;Band",
        "Название;Исполнитель",
        "曲名;アーティスト",
        "제목;아티스트",
    ],
)
def test_columns_have_names_in_other_languages(header: str) -> None:
    ((_, named),) = read(f"{header}\nDust;Ann\n").named.values()
    assert (named.title, named.artist) == ("Dust", "Ann")


@pytest.mark.parametrize("song", ["Energy", "Time", "Track", "Year", "Mode"])
def test_a_song_that_is_called_like_a_column_is_no_header(song: str) -> None:
    sheet = list_files.read(f"Wie;Wer\nDust;Ann\n{song};Bob\nSand;Cid\n".encode())
    assert [number for number, _ in sheet.rows] == [2, 3, 4]
    first = list_files.read(f"{song};Bob\nDust;Ann\n".encode())
    assert not first.header_sure
    assert len(list_files.read(f"{song};Bob\nDust;Ann\n".encode(), header=False).rows) == 2


def test_a_table_in_which_each_row_is_quoted_as_a_whole_is_read() -> None:
    found = read(f'"Title,Artist,Link"\n"Dust,Ann,{LINK}"\n"Sand ""live"",Bob,{LINK}"\n')
    assert [line.text for line in found.lines] == ["Ann - Dust", 'Bob - Sand "live"']


def test_a_backslash_may_stand_before_a_quotation_mark() -> None:
    assert only(f'Title,Artist,Link\n"Say \\"Hi\\", you",Ann,{LINK}\n').title == 'Say "Hi", you'


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("Happy", "0.5", "valence", 0.5),
        ("Dance", "0.5", "danceability", 0.5),
        ("Loud (dB)", "-6", "loudness", -6),
        ("Tempo (BPM)", "98.5", "tempo", 98.5),
        ("Key (Camelot)", "8A", "key", 9),
    ],
)
def test_values_go_by_the_names_that_other_services_give_them(
    header: str, cell: str, field: str, value: float
) -> None:
    (found,) = read(f"uri,{header}\n{ID},{cell}\n").findings.values()
    assert getattr(found.features, field) == value


def test_a_header_that_comes_again_is_no_row() -> None:
    one = f"Title,Artist,Link\nDust,Ann,{LINK}\n"
    found = read(f"{one}{one}\ufeff{one}")
    assert [line.row for line in found.lines] == [2, 4, 6]
    assert (found.named, found.refused) == ({}, [])


def test_a_column_without_a_name_that_holds_something_is_one() -> None:
    found = read(f"Dust,Ann,\nSand,Bob,{LINK}\n")
    assert [line.spotify_id for line in found.lines] == [ID]
    assert found.refused == []


@pytest.mark.parametrize("cell", [LINK, f"spotify:track:{ID}", f"see {LINK}?si=x"])
def test_a_link_anywhere_in_a_row_counts_where_no_column_of_links_has_one(cell: str) -> None:
    found = read(f"ID,Name,Wer,Wo\n1,Dust,Ann,{cell}\n2,Sand,Bob,\n3,Grit,Cid,here\n")
    assert [(line.row, line.text, line.spotify_id) for line in found.lines] == [(2, "Dust", ID)]
    assert [refused.row for refused in found.refused] == [3, 4]


def test_two_links_elsewhere_in_a_row_are_not_guessed_from() -> None:
    other = f"spotify:track:{'1' * 22}"
    found = read(f"ID,Name,Wo,Auch\n1,Dust,{LINK},{other}\n2,Sand,,\n3,Grit,x,y\n")
    assert found.lines == []


def test_a_person_who_says_that_no_column_holds_links_is_believed() -> None:
    sheet = list_files.read(f"Lied,Wer,Wo\nDust,Ann,{LINK}\n".encode())
    found = reading.read(sheet, {"title": "lied", "artist": "wer", "spotify_id": ""})
    assert (found.lines, len(found.named)) == ([], 1)


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r"])
def test_of_lines_without_a_header_the_first_is_a_row_too(separator: str) -> None:
    found = read(separator.join([LINK, f"spotify:track:{ID}", ID]))
    assert [line.row for line in found.lines] == [1, 2, 3]


@pytest.mark.parametrize(
    "above",
    [
        "sep=;\n",
        '"sep=;"\r\n',
        "My list\n\n",
        "My list;;\nexported on 3 May 2024;;\n\n",
        "\ufeff\n\n",
        "sep=,\n",
    ],
)
def test_what_stands_above_a_table_is_no_row_of_it(above: str) -> None:
    found = read(f"{above}Title;Artist;Link\nDust;Ann;{LINK}\n")
    assert [line.text for line in found.lines] == ["Ann - Dust"]
    assert found.refused == []


def test_a_blank_before_a_quotation_mark_belongs_to_no_cell() -> None:
    said = only(f'Track URI, Track Name, Artist Name(s)\n{ID}, "Blue, green", "Some Band"\n')
    assert (said.title, said.artists[0].name) == ("Blue, green", "Some Band")


def test_a_row_with_a_cell_too_many_is_refused_with_what_it_holds() -> None:
    found = read(f"uri,title,artist\n{ID},The, Giver,Ann\n{ID},Fine,Ann\n")
    assert [line.row for line in found.lines] == [3]
    (refused,) = found.refused
    assert (refused.row, refused.text) == (2, f"{ID},The, Giver,Ann")
    assert "4 cells where 3 belong" in refused.reason


@pytest.mark.parametrize(
    ("header", "cells", "artists"),
    [
        ("Artist Name(s)", ["Tyler, The Creator;Kali Uchis", "10,000 Maniacs"], 2),
        ("Artist Name(s)", ["Ann,Bob"], 2),
        ("Artist Name(s)", ["10,000 Maniacs"], 1),
        ("Artist Name(s)", ["Tyler, The Creator"], 1),
        ("Artist Name", ["Tyler, The Creator"], 1),
        ("artist", ["10,000 Maniacs"], 1),
        ("artist", ["Ann; Bob"], 2),
    ],
)
def test_the_column_decides_what_parts_artists(header: str, cells: list[str], artists: int) -> None:
    rows = "".join(f'{ID},Song,"{cell}"\n' for cell in cells)
    found = read(f"uri,title,{header}\n{rows}")
    assert len(found.said[2].artists) == artists
    if len(cells) > 1:
        assert [a.name for a in found.said[3].artists] == ["10,000 Maniacs"]


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2019-03-08", "2019-03-08"),
        ("2019-03", "2019-03"),
        ("2019", "2019"),
        ("2019-03-08T00:00:00Z", "2019-03-08"),
        ("2019/03/08", "2019-03-08"),
        ("2019.0", "2019"),
        ("2019-03-08 00:00:00", "2019-03-08"),
        ("1981-13-45", None),
        ("2019-02-30", None),
        ("0000", None),
        ("soon", None),
    ],
)
def test_a_date_is_taken_where_it_is_one(cell: str, date: str | None) -> None:
    assert only(f"uri,Release Date\n{ID},{cell}\n").release_date == date


@pytest.mark.parametrize(
    ("header", "cell", "length"),
    [
        ("Duration (ms)", "215000", 215_000),
        ("Duration", "215000", 215_000),
        ("Duration", "215", 215_000),
        ("Length", "3:35", 215_000),
        ("Time", "1:00:05", 3_605_000),
        ("Duration (ms)", "215000.0", 215_000),
        ("Duration", "214.6", 214_600),
        ("Duration (ms)", "0", None),
        ("Duration", "long", None),
    ],
)
def test_a_length_is_taken_in_its_unit(header: str, cell: str, length: int | None) -> None:
    assert only(f"uri,{header}\n{ID},{cell}\n").duration_ms == length


def test_a_failed_analysis_is_unknown_and_genres_keep_their_hyphens() -> None:
    header = "uri,Energy,Danceability,Valence,Tempo,Popularity,Genres"
    rows = [f"{ID},0,0,0,0,17,", f'{ID},0.5,0.5,0.5,100,41,"shibuya-kei,neo-psychedelic"']
    failed, whole = read("\n".join([header, *rows])).findings.values()
    assert (failed.features, failed.popularity) == (None, 17)
    assert whole.genres == ("shibuya-kei", "neo-psychedelic")


ROWS = [
    TrackRow(f"spotify:track:{ID}", "Dust - Live", ("Ann",), album="Sand", duration_ms=215_000),
    TrackRow("spotify:track:" + "1" * 22, None),
]


@pytest.mark.parametrize("written", [playlist_files.m3u8, playlist_files.xspf])
def test_our_own_playlist_files_come_back(written: object) -> None:
    assert callable(written)
    found = read(written("My list", ROWS))
    assert [line.spotify_id for line in found.lines] == [ID, "1" * 22]
    first = next(iter(found.said.values()))
    assert (first.title, first.artists[0].name) == ("Dust - Live", "Ann")
    assert first.duration_ms == 215_000


@pytest.mark.parametrize(
    "content",
    ["[]", '{"a": 1}', "[1, 2]", "<html><body>x</body></html>", "<?xml version='1.0'?><a", "{"],
)
def test_other_json_and_xml_is_refused_in_words(content: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(content)
    assert refused.value.reason.endswith(".")


def test_xml_that_declares_a_document_type_is_not_read() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
    with pytest.raises(InvalidInput, match="document type"):
        read(bomb)


@pytest.mark.parametrize(
    "content",
    [
        "Radiohead - Creep\nEarth, Wind & Fire - September\n",
        "1. Radiohead - Creep\n2. Earth, Wind & Fire - September",
        "- Radiohead – Creep\n\n- Earth, Wind & Fire – September",
        "Artist - Title\nRadiohead - Creep\nEarth, Wind & Fire - September",
        '["Radiohead - Creep", "Earth, Wind & Fire - September"]',
    ],
)
def test_lines_of_artist_and_title_are_tracks(content: str) -> None:
    found = read(content)
    assert (found.lines, found.refused) == ([], [])
    names = [name for _, name in found.named.values()]
    assert [(name.artist, name.title) for name in names] == [
        ("Radiohead", "Creep"),
        ("Earth, Wind & Fire", "September"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        f"[Never Too Late]({LINK})\nRadiohead - Creep\n",
        f"<{LINK}>\nRadiohead - Creep\n",
        f'<iframe src="https://open.spotify.com/embed/track/{ID}"></iframe>\nRadiohead - Creep\n',
        f"{LINK}\nRadiohead - Creep\n",
    ],
)
def test_lines_may_be_links_and_names_in_turn(content: str) -> None:
    found = read(content)
    assert [line.spotify_id for line in found.lines] == [ID]
    assert [name.title for _, name in found.named.values()] == ["Creep"]
    assert found.refused == []


def test_a_table_whose_titles_have_dashes_stays_a_table() -> None:
    found = read("Title,Artist\nCreep - Live,Radiohead\nDust - Live,Ann\n")
    assert [name.title for _, name in found.named.values()] == ["Creep - Live", "Dust - Live"]
    assert read("Creep - Live,Radiohead\nDust - Live,Ann\n").named == {}


def test_the_line_under_a_header_in_markdown_is_no_row() -> None:
    found = read(f"| Title | Artist | Link |\n|---|:---:|---|\n| Creep | Radiohead | {LINK} |\n")
    assert [line.text for line in found.lines] == ["Radiohead - Creep"]
    assert (found.named, found.refused) == ({}, [])


API_TRACK = (
    f'{{"uri": "spotify:track:{ID}", "name": "Dust", "artists": [{{"name": "Ann"}}],'
    ' "album": {"name": "Sand", "release_date": "1999-03"}, "duration_ms": 215000}'
)


JSPF = (
    '{"playlist": {"track": [{"title": "Dust", "creator": "Ann", "album": "Sand",'
    f' "identifier": ["{LINK}"]}}]}}}}'
)


@pytest.mark.parametrize(
    "content",
    [
        f'{{"items": [{{"added_at": "2024-01-01", "track": {API_TRACK}}}]}}',
        f'{{"tracks": {{"items": [{API_TRACK}]}}}}',
        f'[{{"uri": "spotify:track:{ID}", "name": "Dust", "artists": ["Ann"], "album": "Sand"}}]',
        JSPF,
        f'{{"uri": "{LINK}", "title": "Dust", "artist": "Ann", "album": "Sand"}}\n' * 2,
        f'{{"uri": "{LINK}", "title": "Dust", "artist": "Ann", "album": "Sand"}}',
        f'{{"{ID}": {{"title": "Dust", "artist": "Ann", "album": "Sand"}}}}',
        f'[["Title", "Artist", "Album", "Link"], ["Dust", "Ann", "Sand", "{LINK}"]]',
        f'{{"title": ["Dust"], "artist": ["Ann"], "album": ["Sand"], "link": ["{LINK}"]}}',
    ],
    ids=[
        *("rows of a playlist", "a search", "plain objects", "JSPF", "an object a line"),
        *("one object", "objects by id", "rows below names", "columns"),
    ],
)
def test_lists_of_tracks_in_json_are_found_wherever_they_stand(content: str) -> None:
    found = read(content)
    assert {line.spotify_id for line in found.lines} == {ID}
    said = found.said[1]
    assert (said.title, said.artists[0].name, said.album) == ("Dust", "Ann", "Sand")
    assert found.refused == []


@pytest.mark.parametrize(
    "content",
    [
        f'["{LINK}"]',
        f'{{"uris": ["{LINK}"]}}',
        f'{{"name": "x", "tracks": ["spotify:track:{ID}"]}}',
    ],
)
def test_links_alone_in_json_are_tracks(content: str) -> None:
    assert [line.spotify_id for line in read(content).lines] == [ID]


def test_what_is_no_line_among_lines_in_json_is_refused_and_counted() -> None:
    found = read('["Ann - Song", "Bob - Tune", null, 7, "Cee - Third"]')
    assert list(found.named) == [1, 2, 5]
    assert [(refused.row, refused.text) for refused in found.refused] == [(3, ""), (4, "7")]


def test_what_is_no_object_among_tracks_in_json_is_refused_and_counted() -> None:
    found = read(f'[{{"uri": "{LINK}"}}, null, "no link", 7]')
    assert [line.row for line in found.lines] == [1]
    assert [(refused.row, refused.text) for refused in found.refused] == [
        (2, ""),
        (3, "no link"),
        (4, ""),
    ]


def test_every_entry_of_a_playlist_counts_even_without_an_address() -> None:
    entries = '#EXTINF:10 id="a, b",Ann - Dust\n#EXTINF:10,Bob - Sand\nsand.mp3\n#EXTINF:1,C - D\n'
    found = read(f"#EXTM3U\n{entries}")
    names = [name for _, name in found.named.values()]
    assert [(n.artist, n.title) for n in names] == [("Ann", "Dust"), ("Bob", "Sand"), ("C", "D")]


def test_songs_on_a_disk_are_called_by_their_files() -> None:
    found = read("C:\\Music\\01 Ann - Dust.mp3\n/home/bob/02. Bob - Sand.flac\n")
    names = [(name.artist, name.title) for _, name in found.named.values()]
    assert names == [("Ann", "Dust"), ("Bob", "Sand")]


def test_addresses_of_files_are_read_as_what_they_stand_for() -> None:
    lines = ["file:///home/ann/Ann%20-%20Dust.mp3", "spotify:local:Bob+Ray:Album:Wet+Sand:200"]
    assert plain_lines.names_of(lines) == [("Ann", "Dust"), ("Bob Ray", "Wet Sand")]
    assert plain_lines.names_of(["spotify:local::Album::200"]) == [None]


@pytest.mark.parametrize("namespace", ['xmlns="http://xspf.org/ns/0/"', ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_xspf_is_read_whoever_wrote_it(namespace: str, encoding: str) -> None:
    track = f"<track><location>{LINK}</location><title>Jóga</title></track>"
    playlist = f"<playlist {namespace}><trackList>{track}</trackList></playlist>"
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    found = read((declared + playlist).encode(encoding))
    assert [line.text for line in found.lines] == ["Jóga"]


def test_of_spotifys_account_data_all_playlists_are_taken() -> None:
    rows = ", ".join(
        f'{{"name": "List {n}", "items": [{{"track": {{"trackName": "Song {n}",'
        f' "artistName": "Ann", "trackUri": "spotify:track:{n:022}"}}, "episode": null}}]}}'
        for n in range(3)
    )
    found = read(f'{{"playlists": [{rows}]}}')
    assert [line.text for line in found.lines] == ["Ann - Song 0", "Ann - Song 1", "Ann - Song 2"]


@pytest.mark.parametrize("ending", ["m3u8", "json"])
def test_letters_of_playlists_are_asked_about_like_those_of_tables(ending: str) -> None:
    text = {
        "m3u8": f"#EXTM3U\n#EXTINF:-1,Кино - Ночь\n{LINK}\n",
        "json": f'[{{"uri": "{LINK}", "title": "Ночь", "artist": "Кино"}}]',
    }[ending]
    sheet = list_files.read(text.encode("cp1251"))
    assert sheet.guesses
    assert [cells["title"] for _, cells in list_files.read(text.encode("cp1251"), "cp1251").rows]
    said = reading.read(list_files.read(text.encode("cp1251"), "cp1251")).said[1]
    assert (said.title, said.artists[0].name) == ("Ночь", "Кино")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 [Content_Types].xml", "This is a workbook"),
        (b"PK\x03\x04 liked_songs.csv", "This is a zip file: unpack it"),
        (b"<!DOCTYPE html><html></html>", "This is a web page"),
        (b"<?xml version='1.0'?><!DOCTYPE plist><plist></plist>", "This library of iTunes"),
        (b"Catalog#,Artist,Title,Released,release_id\nX,Ann,L,2001,1\n", "a list of albums"),
        (b"RYM Album,First Name,Last Name,Title\n1,Ann,Bee,L\n", "a list of albums"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a workbook"),
        (b"%PDF-1.4\nx", "This is a PDF"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "This is a 7z archive"),
        (b"Rar!\x1a\x07\x01\0x", "This is a RAR archive"),
        (b"\xfd7zXZ\x00x", "This file is compressed"),
        (b"BZh91AY&SYx", "This file is compressed"),
        (b"{\\rtf1 x}", "This is a formatted text"),
        (b"\x1f\x8b\x08\x00", "This file is compressed"),
    ],
)
def test_what_is_no_list_is_called_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read(content)


SAID = st.sampled_from(
    [
        "",
        "x",
        ID,
        LINK,
        "Ann - Dust",
        "\x00",
        "\ud800",
        "3:35",
        "2019-13-01",
        "'=1",
        "spotify:track:",
    ]
)
NAMES_IN_JSON = st.sampled_from(
    ["uri", "title", "artists", "album", "track", "items", "name", "duration_ms", ID, "", "\x00"]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SAID,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES_IN_JSON, inner, max_size=4),
    max_leaves=25,
)
ANY_LINES = st.lists(
    SAID
    | st.sampled_from(['"', '"x', "#EXTM3U", "#EXTINF:1,Ann - Dust", "a,b;c", "uri,title", "<x/>"]),
    max_size=8,
).map("\n".join)


@trying(max_examples=300, deadline=None)
@given(ANY_JSON.map(json.dumps) | ANY_LINES)
def test_whatever_a_file_holds_its_rows_are_counted_or_it_is_refused_in_words(text: str) -> None:
    content = text.encode(errors="replace")
    reason, sheet = ".", Sheet((), ())
    try:
        sheet = list_files.read(content)
    except InvalidInput as refusal:
        reason = refusal.reason
    assert reason.endswith(".")
    found = reading.read(sheet)
    rows = [line.row for line in found.lines]
    rows += [*found.named, *(refused.row for refused in found.refused)]
    assert sorted(rows) == sorted([n for n, _ in sheet.rows] + [row.number for row in sheet.broken])
    assert all(refused.reason.endswith(".") for refused in found.refused)


class Written(NamedTuple):
    """A table as some writer made it, and the rows that it is made of."""

    content: bytes
    encoding: str
    rows: list[tuple[str, str, str]]


FIELDS = ("spotify_id", "title", "artist")
# Besides the names that are known, as people and services spell them.
SPELLINGS = {
    "spotify_id": ["Track URI", "Spotify URI", "spotify_id", "Spotify Track Id", "Track-URL"],
    "title": ["Track Name", "Song title", "NAME", "Track"],
    "artist": ["Artist Name(s)", "Track artist", "CREATOR", "Artist(s)"],
}
NAMES = {name: [*column_names.NAMES[name], *SPELLINGS[name]] for name in FIELDS}
ELSE = [*("note", "more", "Added At", "Label"), *(n for n in columns.VALUES if n != "key")]
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)
# What is written in other encodings than Unicode are names, not any letters in any order.
TEXTS = {
    "utf-8": ANY,
    "utf-8-sig": ANY,
    "utf-16": ANY,
    "utf-16-le": PLAIN,
    "cp1252": PLAIN | st.sampled_from(["Déjà vu", "L’été, indien", "Für Elise", "Señorita"]),
    "cp1251": PLAIN | st.sampled_from(["Земфира", 'Группа "Кино"', "Звезда; Солнце"]),
    "cp1255": PLAIN | st.sampled_from(["עידן רייכל", "ארץ, נהדרת", "אריק איינשטיין"]),
    "gb18030": PLAIN | st.sampled_from(["月亮代表我的心", "邓丽君", "青花瓷, 七里香"]),
    "cp932": PLAIN | st.sampled_from(["上を向いて歩こう", "宇多田ヒカル", "夜に, 駆ける"]),
    "mac_roman": PLAIN | st.sampled_from(["Déjà vu", "Hoppípolla; Rós", "Motörhead", "Ænima"]),
}
# Column names in other letters than Latin ones, in what is written where they are.
NATIVE = {
    "cp1251": ("название", "трек", "песня", "исполнитель", "артист", "ссылка"),
    "gb18030": ("歌名", "歌手"),
    "cp932": ("曲名", "タイトル", "アーティスト"),
}
IDS = st.text("0123456789abcXYZ", min_size=22, max_size=22)
SPELLED = st.sampled_from(["{}", "spotify:track:{}", "https://open.spotify.com/track/{}?si=x"])
JUNK = st.lists(
    st.sampled_from(["My list", "exported in May 2024", "", "Songs, mostly loud", "by me;"]),
    max_size=3,
)
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


def lines_of(rows: list[list[str]], delimiter: str, quoting: int, end: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return file.getvalue()


def spaced(rows: list[list[str]], delimiter: str, end: str) -> str:
    """As programs write that put a blank after each separator and quote every cell."""
    quoted = (['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows)
    return "".join(f"{delimiter} ".join(row) + end for row in quoted)


@st.composite
def tables(draw: st.DrawFn) -> Written:
    encoding = draw(st.sampled_from(list(TEXTS)))
    text = TEXTS[encoding]
    rows = draw(st.lists(st.tuples(IDS, text, text.map(without_separators)), min_size=1))
    others = draw(st.lists(st.sampled_from(ELSE), unique=True, max_size=3))
    order = draw(st.permutations([*FIELDS, *others]))
    named = {
        column: [n for n in NAMES.get(column, [column]) if can(n, encoding)] for column in order
    }
    cells = [[draw(st.sampled_from(named[column])) for column in order]]
    for spotify_id, title, artist in rows:
        link = draw(SPELLED).format(spotify_id)
        known = {"spotify_id": link, "title": title, "artist": artist}
        cells.append([known[c] if c in known else draw(text) for c in order])
    delimiter, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n"]))
    written = lines_of(cells, delimiter, draw(QUOTING), end)
    if draw(st.booleans()):
        written = spaced(cells, delimiter, end)
    above = "".join(f"{line}{end}" for line in draw(JUNK))
    said = draw(st.sampled_from(["", f"sep={delimiter}{end}"]))
    return Written((said + above + written).encode(encoding), encoding, rows)


def can(text: str, encoding: str) -> bool:
    """Whether somebody who writes in an encoding names a column so."""
    return text.isascii() or encoding.startswith("utf") or text in NATIVE.get(encoding, ())


def without_separators(text: str) -> str:
    return text.replace(";", "").replace(",", "")


def as_kept(text: str) -> str:
    return " ".join(spreadsheet.undefused(text).split())


@trying(max_examples=200, deadline=None)
@given(tables())
def test_whoever_wrote_a_table_its_rows_come_out_or_are_refused(table: Written) -> None:
    check(table)


def check(table: Written) -> None:
    """A table comes out as the rows that it is made of, once its letters are chosen."""
    sheet = list_files.read(table.content)
    if sheet.guesses:
        read_so = {table.content.decode(guess.encoding) for guess in sheet.guesses}
        assert table.content.decode(table.encoding) in read_so
        sheet = list_files.read(table.content, table.encoding)
    found = reading.read(sheet)
    assert len(found.lines) + len(found.named) + len(found.refused) == len(table.rows)
    assert found.refused == []
    assert [line.spotify_id for line in found.lines] == [row[0] for row in table.rows]
    for line, (_, title, artist) in zip(found.lines, table.rows, strict=True):
        said, kept = found.said[line.row], (as_kept(title), as_kept(artist))
        kept = ("", "") if columns.name_nothing(*kept) else kept
        assert (said.title, [a.name for a in said.artists]) == (kept[0], [*filter(None, kept[1:])])


@pytest.mark.parametrize(
    ("line", "artist", "title"),
    [
        ("“Song” by Ann", "Ann", "Song"),
        ('1. "Song" – Ann', "Ann", "Song"),
        ("- **Song** by Ann", "Ann", "Song"),
        ("* [Song](https://ann.example.org/song) by Ann", "Ann", "Song"),
        ("Ann - [Album #03] Song", "Ann", "Song"),
        ("[03:20] Ann - Song (Remix) [LABEL]", "Ann", "Song (Remix)"),
        ("w/ Ann - Song", "Ann", "Song"),
        ("Ann - Song [LIVE]", "Ann", "Song [LIVE]"),
        ('"Ann" - "Song"', "Ann", "Song"),
    ],
)
def test_lines_name_tracks_as_people_and_programs_write_them(
    line: str, artist: str, title: str
) -> None:
    found = read(f"{line}\n{line}\n")
    assert [(n.artist, n.title) for _, n in found.named.values()] == [(artist, title)] * 2


def test_titles_that_name_their_artists_are_parted_where_no_column_does() -> None:
    head = "name,start time,deck\n"
    rows = "".join(f"Ann - Song {n},9:0{n},1\n" for n in range(1, 6))
    found = read(f"{head}3/30/2024,,\n{rows}")
    assert [n.title for _, n in found.named.values()] == [f"Song {n}" for n in range(1, 6)]
    assert [refusal.row for refusal in found.refused] == [2]
    assert read("Title,Artist\nSea - Shore,Ann\n").named[2][1].title == "Sea - Shore"


def test_what_stands_beside_tracks_in_spotifys_playlists_is_called_what_it_is() -> None:
    items = [
        {"track": None, "episode": {"episodeName": "E", "episodeUri": "spotify:episode:x"}},
        {"track": None, "localTrack": {"uri": "spotify:local:Ann+%26+Bob:L:Song:200"}},
        {"track": {"trackName": "T", "artistName": "A", "trackUri": f"spotify:track:{ID}"}},
    ]
    found = read(json.dumps({"playlists": [{"name": "x", "items": items}]}))
    assert [line.row for line in found.lines] == [3]
    assert (found.named[2][1].artist, found.named[2][1].title) == ("Ann & Bob", "Song")
    assert [refusal.reason[:26] for refusal in found.refused] == ["This is a podcast episode:"]


@pytest.mark.parametrize(
    "header",
    [
        "URI du titre,Nom du titre,URI(s) de l'artiste,Nom(s) de l'artiste,Popularité,Énergie",
        "Track-URI,Track-Name,Künstler-URI(s),Künstlername(n),Beliebtheit,Energie",
        "トラックURI,トラック名,アーティストURI,アーティスト名,人気度,エネルギー",
        "Şarkı,Parça Adı,Sanatçı URI,Sanatçı Adı,Popülerlik,Enerji",
    ],
)
def test_exportifys_columns_are_known_in_its_other_languages(header: str) -> None:
    row = f'spotify:track:{ID},Song,"spotify:artist:1, spotify:artist:2","Ann, Bob\\, Cee",41,0.42'
    found = read(f"{header}\n{row}\n")
    said = found.said[2]
    assert (said.title, [a.name for a in said.artists]) == ("Song", ["Ann", "Bob, Cee"])
    assert found.findings[2].popularity == 41
    assert found.findings[2].features is not None
    assert found.findings[2].features.energy == 0.42


@pytest.mark.parametrize("line", ["| --- | --- |", "| :-- | --: |", "|:-:|-----|", "--- | :---:"])
def test_the_line_of_markdown_may_align_and_be_short(line: str) -> None:
    found = read(f"| Title | Artist |\n{line}\n| Song | Ann |\n")
    assert [n.title for _, n in found.named.values()] == ["Song"]
    assert found.refused == []


@pytest.mark.parametrize(
    "row",
    [
        {"type": "songs", "attributes": {"name": "Song", "artistName": "Ann", "albumName": "L"}},
        {"node": {"title": "Song", "artists": [{"name": "Ann"}], "album": {"title": "L"}}},
        {"title": "Song", "artist": {"name": "Ann"}, "album": {"title": "L"}, "duration": 200},
    ],
)
def test_answers_of_other_services_are_read(row: object) -> None:
    found = read(json.dumps({"data": [row]}))
    assert [(n.title, n.artist) for _, n in found.named.values()] == [("Song", "Ann")]
    assert [said.album for said in found.said.values()] == ["L"]


def test_a_date_is_no_album() -> None:
    said = read("Title\tArtist\tRelease\nSong\tAnn\t2001-02-03\nTune\tBob\tThe Album\n").said
    assert [(one.album, one.release_date) for one in said.values()] == [
        (None, "2001-02-03"),
        ("The Album", None),
    ]
    assert read("Title,Artist,Album\nSong,Ann,1999\n").said[2].album == "1999"


def test_a_length_that_a_spreadsheet_took_for_a_time_of_day_is_minutes() -> None:
    found = read("Title,Artist,Length\nOne,A,03:45:00\nTwo,B,04:10:00\nThree,C,02:59:00\n")
    assert [said.duration_ms for said in found.said.values()] == [225_000, 250_000, 179_000]


def test_a_cell_with_a_percent_sign_is_a_percentage_whatever_the_others_are() -> None:
    found = read("Title,Artist,Energy\nOne,A,73 %\nTwo,B,0.5\nThree,C,６４％\n")
    features = [finding.features for finding in found.findings.values()]
    assert [one and one.energy for one in features] == [0.73, 0.5, 0.64]


def test_values_are_found_under_names_of_other_languages() -> None:
    found = read("Название,Исполнитель,Темп,Тональность\nПесня,Группа,128 BPM,ля минор\n")
    (finding,) = found.findings.values()
    assert finding.features is not None
    assert (finding.features.tempo, finding.features.key, finding.features.mode) == (128, 9, 0)


def test_cells_that_cannot_be_meant_are_named_by_their_row_and_field() -> None:
    found = read(
        "uri,bpm,energy,popularity,key,released,length\n"
        f"{LINK},fast,0.5,-3,H#,someday,long\n"
        f"{LINK},120,250,50,8A,2019,3:45\n"
        f"{LINK},120,0.5,50,8A,2019-13-45,3:75\n"
    )
    assert found.unusable == {
        2: {
            "tempo": "fast",
            "key": "H#",
            "popularity": "-3",
            "release_date": "someday",
            "duration_ms": "long",
        },
        3: {"energy": "250"},
        4: {"release_date": "2019-13-45", "duration_ms": "3:75"},
    }


@pytest.mark.parametrize("cell", ["", "-", "?", "n/a", "Unknown", "null", "0", "-1"])
def test_what_says_that_nothing_is_known_is_no_loss(cell: str) -> None:
    found = read(f"uri,energy,bpm,released,length\n{LINK},0.5,{cell},{cell},{cell}\n")
    assert found.unusable == {}


@pytest.mark.parametrize(("day", "length"), [("0000", "0:00"), ("0000-00-00", "00:00:00")])
def test_a_day_or_a_length_of_zeros_is_not_known(day: str, length: str) -> None:
    assert read(f"uri,released,length\n{LINK},{day},{length}\n").unusable == {}


def test_of_two_columns_for_a_date_the_one_that_is_one_counts() -> None:
    found = read(f"uri,release date,year\n{LINK},someday,2019\n{LINK},someday,once\n")
    assert found.unusable == {3: {"release_date": "someday"}}


def test_names_are_kept_up_to_300_letters_and_without_blanks_in_a_row() -> None:
    said = only(f"Title,Artist,Album,Link\n{'t' * 301},{'a' * 301},b  {'b' * 300},{LINK}\n")
    assert (said.title, said.artists[0].name) == ("t" * 300, "a" * 300)
    assert said.album == f"b {'b' * 298}"


def test_a_row_without_a_link_is_looked_for_by_its_first_artist() -> None:
    rows = "".join(f"Song {n},{first}; Bob\n" for n, first in enumerate(("Ann", "Cleo", "Dan")))
    found = read(f"Title,Artist\n{rows}")
    assert [(name.title, name.artist) for _, name in found.named.values()] == [
        ("Song 0", "Ann"),
        ("Song 1", "Cleo"),
        ("Song 2", "Dan"),
    ]


@pytest.mark.parametrize("nothing", ["nan,nan,nan", "None,None,null", "N/A,-,#N/A", "null,,NULL"])
def test_words_for_nothing_in_all_names_of_a_row_are_no_names(nothing: str) -> None:
    header = "Title,Artist,Album,Link"
    said = only(f"{header}\n{nothing},{LINK}\n")
    assert (said.title, said.artists, said.album) == ("", (), None)
    assert [one.reason for one in read(f"{header}\n{nothing},\n").refused]
    kept = only(f"{header}\nNone,Null,÷,{LINK}\n")
    assert (kept.title, kept.artists[0].name, kept.album) == ("None", "Null", "÷")


def test_names_of_letters_in_json_are_letters() -> None:
    row = {"link": LINK, "title": "Rock &amp; Roll", "artist": "Simon &amp; Garfunkel"}
    said = only(json.dumps([row]))
    assert (said.title, said.artists[0].name) == ("Rock & Roll", "Simon & Garfunkel")


@pytest.mark.parametrize("name", ["audio_features", "audioFeatures", "features"])
def test_how_a_track_sounds_may_stand_in_an_object_of_its_own(name: str) -> None:
    sound = {"id": "0" * 22, "type": "audio_features", "energy": 0.4, "tempo": 98.5}
    found = read(json.dumps([{"track": {"id": ID, "name": "Song"}, name: sound}, {"id": ID}]))
    assert [line.spotify_id for line in found.lines] == [ID, ID]
    features = found.findings[1].features
    assert features
    assert (features.energy, features.tempo) == (0.4, 98.5)


def test_ids_of_digits_alone_are_ids_of_their_objects() -> None:
    found = read(json.dumps({f"{n:022}": {"title": "Song", "artist": "Ann"} for n in (1, 2)}))
    assert [line.spotify_id for line in found.lines] == [f"{n:022}" for n in (1, 2)]
