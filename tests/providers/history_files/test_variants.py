"""The same rows as other versions and other programs write them: each comes out as it should."""

import json
from typing import Any

import pytest

from tests.providers.history_files.given import END, TRACK, Content, extended, file, told, zipped
from ttt.errors import HistoryRefused
from ttt.plays import Sense, ToldPlay
from ttt.providers import history_files
from ttt.providers.history_files import Format

LISTEN = {"track_name": "T", "artist_name": "A"}
KOITO = {
    "listened_at": "2024-03-30T22:00:00Z",
    "track": {"aliases": [{"alias": "T"}]},
    "artists": [{"aliases": [{"alias": "A"}]}],
}
GHAN = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"


def only(content: Content, kind: Format) -> ToldPlay:
    found = told(file(content))
    assert found.reading.format is kind
    assert (found.refused, found.left_out) == ([], [])
    (play,) = found.plays
    return play


@pytest.mark.parametrize("time", [END, f"{END}", END * 1000, END * 1_000_000, END + 0.5])
@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (lambda t: [{"listened_at": t, "track_metadata": LISTEN}], Format.LISTENBRAINZ),
        (lambda t: {"version": "1", "listens": [KOITO | {"listened_at": t}]}, Format.KOITO),
        (
            lambda t: {"scrobbles": [{"time": t, "track": {"artists": ["A"], "title": "T"}}]},
            Format.MALOJA,
        ),
        (
            lambda t: {"username": "x", "scrobbles": [{"track": "T", "artist": "A", "date": t}]},
            Format.LASTFM_STATS_JSON,
        ),
        (
            lambda t: [{"track": [{"artist": {"#text": "A"}, "name": "T", "date": {"uts": t}}]}],
            Format.LASTFM_JSON,
        ),
        (lambda t: [{"timeMs": t, "track": "T", "artist": "A"}], Format.PANO_SCROBBLER),
    ],
)
def test_times_are_numbers_of_any_unit(row: Any, kind: Format, time: object) -> None:
    assert only(row(time), kind).told_at == END


@pytest.mark.parametrize("time", [END, f"{END}", END * 1000])
def test_account_data_may_tell_its_ends_in_numbers(time: object) -> None:
    row = {"endTime": time, "artistName": "A", "trackName": "T", "msPlayed": 200_000}
    assert only([row], Format.SPOTIFY_ACCOUNT).told_at == END


@pytest.mark.parametrize(
    "time", ["2024-03-30T22:00:00Z", "2024-03-30 22:00:00 UTC", "2024-03-31T00:00:00+02:00"]
)
def test_times_are_written_in_any_form(time: str) -> None:
    listen = [{"listened_at": time, "track_metadata": LISTEN}]
    assert only(listen, Format.LISTENBRAINZ).told_at == END
    assert only({"version": "1", "listens": [KOITO | {"listened_at": time}]}, Format.KOITO)
    assert only([extended(ts=time)], Format.SPOTIFY_EXTENDED).told_at == END
    account = {"endTime": time, "artistName": "A", "trackName": "T", "msPlayed": "200000"}
    assert only([account], Format.SPOTIFY_ACCOUNT).told_at == END


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("packed", [False, True])
def test_json_that_other_programs_saved_keeps_its_letters(encoding: str, packed: bool) -> None:
    names = ["Über den Wölken", "Señorita", "Voilà l'été", "Ich möchte"]
    rows = [extended(master_metadata_track_name=name) for name in names]
    text = json.dumps(rows, ensure_ascii=False).encode(encoding)
    found = told(zipped({"endsong_0.json": text}) if packed else file(text))
    assert [play.title for play in found.plays] == names


def test_a_few_broken_letters_are_lost_alone() -> None:
    rows = [extended(master_metadata_track_name=f"Über {n}") for n in range(50)]
    text = json.dumps(rows, ensure_ascii=False).encode()
    found = told(file(text.replace('Über 7"'.encode(), b'\xffber 7"')))
    assert [play.title for play in found.plays][6:9] == ["Über 6", "\ufffdber 7", "Über 8"]


@pytest.mark.parametrize(
    ("table", "sense"),
    [
        (f'{GHAN}{END},"30 Mar 2024, 22:00",A,,B,,T,\n', 0),
        (f'{GHAN},"30 Mar 2024, 22:00",A,,B,,T,\n', Sense.START_MINUTE),
        (f'{GHAN}x,"30 Mar 2024, 22:00",A,,B,,T,\n', Sense.START_MINUTE),
        (f'{GHAN}0,"30 Mar 2024, 22:00",A,,B,,T,\n', Sense.START_MINUTE),
        (f'{GHAN}99,"30 Mar 2024, 22:00",A,,B,,T,\n', Sense.START_MINUTE),
        (f'{GHAN}9999999999,"30 Mar 2024, 22:00",A,,B,,T,\n', Sense.START_MINUTE),
        (f"track;album;artist;uts\nT;B;A;{END}\n", 0),
        ('utc_time,artist,album,track\n"30 Mar 2024, 22:00",A,B,T\n', Sense.START_MINUTE),
    ],
)
def test_lastfm_says_its_times_in_two_columns_or_one(table: str, sense: int) -> None:
    """And they are UTC, so that nobody is asked for a zone."""
    play = only(table, Format.LASTFM_CSV)
    assert (play.told_at, play.title, play.artists, play.album) == (END, "T", ("A",), "B")
    assert play.sense == sense


def test_maloja_names_one_artist_without_a_list() -> None:
    row = {"time": END, "track": {"artists": "A", "title": "T"}}
    assert only({"scrobbles": [row]}, Format.MALOJA).artists == ("A",)


def test_rows_of_pano_scrobbler_as_a_table_are_a_table() -> None:
    table = f"timeMs,track,artist,album,albumArtist,durationMs\n{END}000,T,A,B,C,200000\n"
    play = only(table, Format.OWN_TABLE)
    assert (play.told_at, play.artists, play.duration_ms) == (END, ("A",), 200_000)


def test_lastfm_may_say_its_times_in_words_only() -> None:
    date = {"#text": "30 Mar 2024, 22:00"}
    content = [{"track": [{"artist": {"#text": "A"}, "name": "T", "date": date}]}]
    play = only(content, Format.LASTFM_JSON)
    assert (play.told_at, play.sense) == (END, Sense.START_MINUTE)


def test_lastfm_may_be_plain_rows() -> None:
    play = only([{"uts": f"{END}", "artist": "A", "album": "B", "track": "T"}], Format.LASTFM_JSON)
    assert (play.told_at, play.title, play.artists, play.sense) == (END, "T", ("A",), 0)


def test_commas_too_many_cost_no_row() -> None:
    row = json.dumps(extended(master_metadata_track_name="a,}b,]"))
    play = only(f"[{row[:-1]},}},]", Format.SPOTIFY_EXTENDED)
    assert play.title == "a,}b,]"


@pytest.mark.parametrize("zone", ["UTC", "utc"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_log_of_utc_is_known_however_it_is_written(zone: str, encoding: str) -> None:
    log = f"#AUDIOSCROBBLER/1.1\r\n#TZ/{zone}\r\nA\tB\tT\t1\t200\tL\t{END}\t\r\n"
    assert only(log.encode(encoding), Format.SCROBBLER_LOG).told_at == END


@pytest.mark.parametrize(
    ("title", "channel"),
    [
        ("Watched Song", "Ann - Topic"),
        ("Song angesehen", "Ann – Thema"),
        ("Hai guardato Song", "Ann - Argomento"),
        ("Você assistiu a Song", "Ann - Tópico"),
        ("Song を視聴しました", "Ann - トピック"),
        ("观看了 Song", "Ann - 主题"),
        ("Song을(를) 시청했습니다.", "Ann - 주제"),
        ("Song", "Ann"),
    ],
)
def test_youtube_says_what_was_watched_in_many_languages(title: str, channel: str) -> None:
    row = {"header": "YouTube Music", "title": title, "subtitles": [{"name": channel}]}
    play = only([row | {"time": "2024-03-30T22:00:00.000Z"}], Format.YOUTUBE_MUSIC)
    assert (play.title, play.artists) == ("Song", ("Ann",))


def test_a_log_that_lost_its_head_is_a_log_whose_zone_is_asked_for() -> None:
    rows = "Ann\tL\tSong\t1\t200\tL\t1711836000\t\nBob\tL\tTune\t1\t200\tS\t1711836300\t\n"
    found = told(file(rows), zone="Europe/Berlin")
    assert found.reading.format is Format.SCROBBLER_LOG
    assert [(play.title, play.told_at) for play in found.plays] == [
        ("Song", END - 3600),
        ("Tune", END - 3300),
    ]


def test_a_database_is_called_one() -> None:
    with pytest.raises(HistoryRefused) as refused:
        told(file(b"SQLite format 3\0" + bytes(200)))
    assert refused.value.why == "database"


LINKED = {"id": TRACK, "played_at": {"$date": "2024-03-30T22:00:00.000Z"}}


@pytest.mark.parametrize(
    "row",
    [
        {"timestamp": END, "track": "T", "artist": "A", "album": "B"},
        {"playedAt": "2024-03-30T22:00:00Z", "trackName": "T", "artistName": "A", "album": "B"},
        {"time": "2024-03-30 22:00:00 UTC", "title": "T", "artists": ["A"], "album": {"name": "B"}},
        {"date": "30 Mar 2024, 22:00", "name": "T", "artist": {"name": "A"}, "albumName": "B"},
        {"uts": f"{END}", "song": "T", "artists": [{"name": "A"}], "album": "B", "id": 7},
        {
            "data": {
                "playDate": "2024-03-30T22:00:00Z",
                "track": "T",
                "artists": ["A"],
                "album": "B",
            }
        },
    ],
)
@pytest.mark.parametrize("lines", [False, True])
def test_rows_of_json_that_nobody_else_writes_tell_what_they_say(row: Any, lines: bool) -> None:
    content = f"{json.dumps(row)}\n{json.dumps(row)}\n" if lines else [row, row]
    found = told(file(content))
    assert found.reading.format is Format.OWN_JSON
    assert [(p.told_at, p.title, p.artists, p.album) for p in found.plays] == [
        (END, "T", ("A",), "B")
    ] * 2


def test_what_a_database_of_your_spotify_exports_is_known_by_its_ids() -> None:
    found = told(file(f"{json.dumps(LINKED)}\n" * 2))
    assert [(play.told_at, play.spotify_id) for play in found.plays] == [(END, TRACK)] * 2


@pytest.mark.parametrize(
    "rows",
    [
        [{"title": "T", "artist": "A", "time": "3:35"}],
        [{"title": "T", "artist": "A", "date": "2019-03-01"}],
        [{"name": "T", "artist": "A", "year": 2019, "uri": f"spotify:track:{TRACK}"}],
        [{"timestamp": END, "message": "T"}],
        {"stats": [{"date": "2024-03-30", "streamCount": 3}]},
    ],
)
def test_json_without_times_of_plays_is_no_history(rows: Any) -> None:
    assert history_files.what_is(file(rows)) is None


def test_a_damaged_row_of_json_of_ones_own_costs_itself() -> None:
    row = {"timestamp": END, "track": "T", "artist": "A"}
    rows = [row, row | {"timestamp": "x"}, row | {"artist": 7}, row | {"track": None}, row]
    found = told(file([*rows, row | {"timestamp": "y"}]))
    assert [play.artists for play in found.plays] == [("A",), ("7",), ("A",)]
    assert [refusal.row for refusal in found.refused] == [2, 4, 6]
