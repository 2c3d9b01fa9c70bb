import pytest

from ttt.services.tables.formats import players

LINK = "https://open.spotify.com/track/4h9wh7iOZ0GGn8QVp4RAOB"


def told(text: str) -> list[tuple[str, str, str, str]]:
    rows = players.read(text) or []
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    names = ("link", "artist", "title", "duration_ms")
    return [tuple(row[name] for name in names) for _, row in rows if row]  # type: ignore[misc]


def test_pls_says_file_title_and_length_by_number() -> None:
    text = (
        f"[playlist]\nFile1={LINK}\nTitle1=Ann - Song\nLength1=200\n\nnumberofentries=3\n"
        "file10=C:\\m\\Cee - Third.mp3\nFile2=/m/x.mp3\nTitle2=Bob – Tune\nLength2=-1\nVersion=2\n"
    )
    assert told(text) == [
        (LINK, "Ann", "Song", "200000"),
        ("/m/x.mp3", "Bob", "Tune", ""),
        ("C:\\m\\Cee - Third.mp3", "Cee", "Third", ""),
    ]


def test_only_the_first_dash_parts_artist_and_title() -> None:
    text = "#EXTM3U\n#EXTINF:0,Ann - Song - Live\n#EXTINF:1,Alone\n#EXTINF:1234567890,Long\n"
    assert told(text) == [
        ("", "Ann", "Song - Live", ""),
        ("", "", "Alone", "1000"),
        ("", "", "Long", "123456789000"),
    ]


def test_virtualdj_says_names_in_a_comment_above_the_file() -> None:
    text = (
        "#EXTVDJ:<filesize>1</filesize><artist>Ann</artist><title>Song</title>"
        "<songlength>200.5</songlength>\r\nC:\\m\\a.mp3\r\nD:\\Bob - Tune.flac\r\n"
    )
    assert told(text) == [
        ("C:\\m\\a.mp3", "Ann", "Song", "200000"),
        ("D:\\Bob - Tune.flac", "Bob", "Tune", ""),
    ]


@pytest.mark.parametrize("above", ["", "REM GENRE House\nREM DATE 2020\n", 'CATALOG "123"\n'])
def test_a_cue_sheet_names_the_tracks_of_a_mix(above: str) -> None:
    text = (
        f'{above}PERFORMER "DJ"\nTITLE "Mix"\nFILE "mix.mp3" MP3\n  TRACK 01 AUDIO\n'
        '    TITLE "Song "Live""\n    PERFORMER "Ann"\n    INDEX 01 00:00:00\n'
        '  TRACK 02 AUDIO\n    TITLE "Tune"\n    INDEX 01 03:20:00\n'
    )
    assert told(text) == [("", "Ann", 'Song "Live"', ""), ("", "DJ", "Tune", "")]


def test_signs_that_virtualdj_writes_as_names_are_signs() -> None:
    text = "#EXTM3U\n#EXTVDJ:<artist>Ann &amp; Bob</artist><title>Song &lt;3</title>\nx.mp3\n"
    assert told(text) == [("x.mp3", "Ann & Bob", "Song <3", "")]


@pytest.mark.parametrize(
    "text", ["Title,Artist\nSong,Ann\n", "REM\n" * 500, "FILE\n", "[playlists]", "", "# EXTM3U"]
)
def test_what_no_player_wrote_is_left_to_others(text: str) -> None:
    assert players.read(text) is None
