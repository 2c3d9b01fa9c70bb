"""Every other format by small files of the project's own, each with the traps that it has."""

import json
from typing import Any

import pytest

from tests.providers.history_files.given import END, TRACK, Content, Row, Told, file, told
from ttt.plays import How, Kind, Sense, WhyRefused
from ttt.providers.history_files import Column, Format

MBID = "0c2d1ab4-5e3f-4a6b-8c9d-0e1f2a3b4c5d"


def only(content: Content, kind: Format, **answers: Any) -> Told:
    found = told(file(content), **answers)
    assert found.reading.format is kind
    return found


def account(**fields: Any) -> Row:
    return {
        "endTime": "2024-03-30 22:00",
        "artistName": "The Invented Few",
        "trackName": "Paper Lanterns",
        "msPlayed": 200_000,
        **fields,
    }


def test_account_data_tells_ends_cut_to_the_minute() -> None:
    text = json.dumps([account()]).replace('":', '" :')
    [play] = only(text, Format.SPOTIFY_ACCOUNT).plays
    assert (play.told_at, play.started_at, play.ms) == (END, END - 200, 200_000)
    assert Format.SPOTIFY_ACCOUNT.source.sense is Sense.MINUTE


def test_account_data_says_which_rows_are_no_plays() -> None:
    rows = [
        account(trackName="Unknown Track"),
        account(artistName=None),
        account(trackName=""),
        account(endTime=None),
        account(endTime="30.03."),
        account(msPlayed=-1),
        {"endTime": "2024-03-30 22:00", "podcastName": "x", "episodeName": "y", "msPlayed": 1},
        {"endTime": "2024-03-30 22:00", "audiobookName": "x", "chapterName": "y", "msPlayed": 1},
    ]
    found = only(rows, Format.SPOTIFY_ACCOUNT)
    assert [row.reason for row in found.refused] == [
        *(WhyRefused.UNKNOWN_TRACK, WhyRefused.NO_ARTIST, WhyRefused.NO_TITLE),
        *(WhyRefused.NO_TIME, WhyRefused.BAD_TIME, WhyRefused.BAD_LENGTH),
    ]
    assert [row.kind for row in found.left_out] == [Kind.PODCAST, Kind.AUDIOBOOK]


def test_answers_of_recently_played_tell_ends_or_starts() -> None:
    track = {"id": TRACK, "name": "T", "artists": [{"name": "A"}, {"name": "B"}], "duration_ms": 9}
    track |= {"album": {"name": "C"}, "external_ids": {"isrc": "DE-A12-34-56789"}}
    rows: list[Row] = [
        {"track": track, "played_at": "2024-03-30T22:00:00.381Z", "context": None},
        {"track": {"name": "E", "type": "episode"}, "played_at": "2024-03-30T22:10:00Z"},
        {"track": track, "played_at": None},
        {"track": None, "played_at": "2024-03-30T22:00:00Z"},
    ]
    found = only({"href": "x", "cursors": {"after": "1"}, "items": rows}, Format.SPOTIFY_RECENT)
    [play] = found.plays
    assert (play.told_at, play.started_at, play.ms, play.sense) == (END, None, None, Sense.EITHER)
    assert (play.title, play.artists, play.album) == ("T", ("A", "B"), "C")
    assert (play.spotify_id, play.isrc, play.duration_ms) == (TRACK, "DEA123456789", 9)
    assert [row.kind for row in found.left_out] == [Kind.PODCAST]
    assert [row.reason for row in found.refused] == [WhyRefused.NO_TIME, WhyRefused.NO_ROW]


@pytest.mark.parametrize("header", ["", "artist,album,track,date\n"])
def test_lastfm_without_header_tells_minutes_in_utc(header: str) -> None:
    text = f'{header}A,"X, Y",T,30 Mar 2024 21:56\nA,,T,"30 Mar 2024, 21:58"\nA,B,T,\n'
    found = only(text + "A,B\n", Format.LASTFM_PLAIN, zone="Asia/Tokyo")
    assert [(play.told_at, play.album, play.sense) for play in found.plays] == [
        (END - 240, "X, Y", Sense.START_MINUTE),
        (END - 120, None, Sense.START_MINUTE),
    ]
    assert [row.reason for row in found.refused] == [WhyRefused.NO_TIME, WhyRefused.NO_ROW]


def page(**fields: Any) -> Row:
    return {
        "artist": {"mbid": "", "#text": "A"},
        "mbid": MBID,
        "album": {"#text": ""},
        "name": "T",
        "date": {"uts": str(END), "#text": "30 Mar 2024, 22:00"},
        **fields,
    }


@pytest.mark.parametrize("pages", [True, False])
def test_lastfm_pages_are_read_one_after_the_other(pages: bool) -> None:
    rows = [[page(), page(date=None), page(name="track")], [page(artist="B"), page(name=None)]]
    content: Content = [{"track": some, "@attr": {"page": "1"}} for some in rows]
    found = only(content if pages else rows[0] + rows[1], Format.LASTFM_JSON)
    assert [(play.told_at, play.artists, play.mbid) for play in found.plays] == [
        (END, ("A",), MBID),
        (END, ("A",), MBID),
        (END, ("B",), MBID),
    ]
    assert [row.reason for row in found.refused] == [WhyRefused.NO_TIME, WhyRefused.NO_TITLE]


def test_lastfm_tables_are_read_by_their_headers() -> None:
    header = '"uts","utc_time","artist","artist_mbid","album","track","track_mbid"'
    text = f'{header}\n"{END}","","A","","B","T","{MBID}"\n'
    [play] = only(text, Format.LASTFM_CSV).plays
    assert (play.told_at, play.album, play.mbid) == (END, "B", MBID)


def test_lastfmstats_tells_milliseconds_as_table_and_as_json() -> None:
    table = f'\ufeffArtist;Album;AlbumId;Track;Date#somebody\n"A";"";"";"T";"{END}000"\n'
    content = {"username": "x", "scrobbles": [{"track": "T", "artist": "A", "date": END * 1000}]}
    for found in (only(table, Format.LASTFM_STATS_CSV), only(content, Format.LASTFM_STATS_JSON)):
        [play] = found.plays
        assert (play.told_at, play.started_at, play.title, play.album) == (END, END, "T", None)


def listen(info: Row | None = None, **fields: Any) -> Row:
    data = {"track_name": "T", "artist_name": "A", "additional_info": info, **fields}
    return {"listened_at": END, "track_metadata": data}


@pytest.mark.parametrize("lines", [True, False])
def test_listenbrainz_is_read_as_lines_and_as_a_list(lines: bool) -> None:
    link = f"https://open.spotify.com/track/{TRACK}"
    info = {"duration": 200, "isrc": "XX-AAA-24-00001", "spotify_id": link}
    rows = [listen(info, mbid_mapping={"recording_mbid": MBID}), listen(mbid_mapping=None), {}]
    text = "".join(f"{json.dumps(row)}\n" for row in rows) if lines else json.dumps(rows)
    found = only(text, Format.LISTENBRAINZ)
    first, second = found.plays
    assert (first.duration_ms, first.isrc, first.spotify_id, first.mbid) == (
        *(200_000, "XXAAA2400001", TRACK),
        MBID,
    )
    assert (second.duration_ms, second.started_at, second.ms) == (None, END, None)
    assert [row.reason for row in found.refused] == [WhyRefused.NO_ROW]


@pytest.mark.parametrize(
    ("said", "isrc"),
    [
        *(("gb-aaa-24-00001", "GBAAA2400001"), (" GBAAA2400001 ", "GBAAA2400001")),
        *(("GBAAA240000", None), ("GBAAA24000011", None), ("G1AAA2400001", None)),
        *(("000000000000", None), ("GBAAA24O0001", None), ([], None), (7, None), ("", None)),
    ],
)
def test_an_isrc_that_is_none_costs_itself_alone(said: object, isrc: str | None) -> None:
    row = listen({"isrc": said}, mbid_mapping={"recording_mbid": MBID})
    found = only([row], Format.LISTENBRAINZ)
    assert [(play.title, play.isrc, play.mbid) for play in found.plays] == [("T", isrc, MBID)]


@pytest.mark.parametrize(
    ("said", "mbid"),
    [
        *((MBID.upper(), MBID), (MBID[:-1], None), (f"{MBID}0", None), (MBID[:-1] + "g", None)),
        *((MBID.replace("-", ""), None), (MBID[1:9] + MBID[0] + MBID[9:], None), (7, None)),
        *(("00000000-0000-0000-0000-000000000000", None), ({"a": 1}, None), ("", None)),
    ],
)
def test_an_id_of_musicbrainz_that_is_none_costs_itself_alone(
    said: object, mbid: str | None
) -> None:
    row = listen({"isrc": "GBAAA2400001", "recording_mbid": said})
    found = only([row], Format.LISTENBRAINZ)
    assert [(play.isrc, play.mbid) for play in found.plays] == [("GBAAA2400001", mbid)]


@pytest.mark.parametrize(
    ("info", "sense", "start"),
    [
        ({"submission_client": "navidrome", "ms_played": 100_000}, 0, END),
        ({"music_service": "spotify.com", "ms_played": 100_000}, Sense.END, END - 100),
        (
            {"music_service": "spotify.com", "submission_client": "listenbrainz"},
            Sense.EITHER,
            None,
        ),
        ({"music_service": "spotify.com", "submission_client": "Web Scrobbler"}, 0, END),
    ],
)
def test_listens_from_spotify_may_be_ends(info: Row, sense: int, start: int | None) -> None:
    [play] = only([listen(info)], Format.LISTENBRAINZ).plays
    assert (play.sense, play.started_at) == (sense, start)


def test_maloja_tells_seconds() -> None:
    track = {"artists": ["A", "B"], "title": "T", "album": {"albumtitle": "C"}, "length": 200}
    rows = [{"time": END, "track": track, "duration": 150}, {"time": END, "track": {"title": "T"}}]
    found = only({"maloja": {"export_time": END}, "scrobbles": rows}, Format.MALOJA)
    [play] = found.plays
    assert (play.artists, play.ms, play.duration_ms) == (("A", "B"), 150_000, 200_000)
    assert [row.reason for row in found.refused] == [WhyRefused.NO_ARTIST]


def test_koito_is_read_by_the_names_that_its_owner_chose() -> None:
    def named(*names: str) -> list[Row]:
        return [{"alias": one, "is_primary": one == names[-1]} for one in names]

    row = {
        "listened_at": "2024-03-31T00:00:00+02:00",
        "track": {"mbid": MBID, "duration": 200, "aliases": named("t", "T")},
        "album": {"aliases": named("B")},
        "artists": [{"aliases": named("x", "A")}, {"aliases": named("C")}],
    }
    found = only({"version": "1", "user": "x", "listens": [row, row]}, Format.KOITO)
    assert len(found.plays) == 2
    play = found.plays[0]
    assert (play.told_at, play.title, play.artists, play.album) == (END, "T", ("A", "C"), "B")


def test_pano_scrobbler_tells_milliseconds_and_other_events() -> None:
    row = {"timeMs": END * 1000, "track": "T", "artist": "A", "durationMs": 200_000}
    text = f"{json.dumps(row)}\n{json.dumps(row | {'event': 'love'})}\n"
    found = only(text, Format.PANO_SCROBBLER)
    assert [(play.told_at, play.duration_ms) for play in found.plays] == [(END, 200_000)]
    assert [row.kind for row in found.left_out] == [Kind.NO_PLAY]


@pytest.mark.parametrize("nuls", [10, 90, 4096])
def test_what_a_broken_disk_left_of_a_log_costs_none_of_its_lines(nuls: int) -> None:
    line = f"A\tB\tT\t1\t200\tL\t{END}\t\n"
    found = only(log("UTC", line + "\0" * nuls + line + "\0" * nuls), Format.SCROBBLER_LOG)
    assert [(play.artists, play.told_at) for play in found.plays] == [(("A",), END)] * 2
    assert found.refused == []


def log(zone: str, *lines: str) -> str:
    return "\n".join(["#AUDIOSCROBBLER/1.1", f"#TZ/{zone}", "#CLIENT/x", *lines])


def test_a_log_of_unknown_zone_tells_what_the_clock_showed() -> None:
    line = f'A\tB\t"T\t1\t200\tL\t{END}\t{MBID}'
    [play] = only(log("UNKNOWN", line), Format.SCROBBLER_LOG, zone="Europe/Berlin").plays
    assert (play.told_at, play.title, play.mbid) == (END - 3600, '"T', MBID)
    [play] = only(log("UTC", line), Format.SCROBBLER_LOG, zone="Europe/Berlin").plays
    assert play.told_at == END


def test_a_log_tells_skips_and_clocks_that_were_never_set() -> None:
    lines = [f"A\tB\tT\t1\t200\tS\t{END}\t", "A\tB\tT\t1\t200\tL\t0\t", "A\tB"]
    found = only(log("UTC", *lines), Format.SCROBBLER_LOG)
    assert [play.how for play in found.plays] == [How.SKIPPED]
    assert [row.reason for row in found.refused] == [WhyRefused.NO_TIME, WhyRefused.NO_ROW]


@pytest.mark.parametrize("first", ["", "\t", f"\t{MBID}"])
@pytest.mark.parametrize("last", ["", "\t", f"\t{MBID}"])
@pytest.mark.parametrize("artist", ["B", "50 Cent", "311"])
def test_two_lines_of_a_log_are_read_where_the_break_between_them_is_lost(
    first: str, last: str, artist: str
) -> None:
    lines = [f"A\t\tT\t1\t200\tL\t{END}{first}", f"{artist}\tC\tU\t\t90\tS\t{END + 300}{last}"]
    found = only(log("UTC", "".join(lines), lines[0]), Format.SCROBBLER_LOG)
    apart = only(log("UTC", *lines, lines[0]), Format.SCROBBLER_LOG)
    assert found.plays == apart.plays
    assert [play.row for play in found.plays] == [1, 2, 3]
    assert not found.refused


@pytest.mark.parametrize(
    ("joined", "reason"),
    [
        (f"{END}B\tC\tU\t1\t90\tL", WhyRefused.BAD_TIME),
        (f"{END}B\tC\tU\t1\tlong\tL\t{END}", WhyRefused.BAD_TIME),
        (f"{END}B\tC\tU\t1\t90\tX\t{END}", WhyRefused.BAD_TIME),
        (f"{END}\tC\tU\t1\t90\tL\t{END}", None),
        (f"{END}B\tC\tU\t1\t90\tL\t{END}D\tE\tV\t1\t90\tL\t{END}", WhyRefused.BAD_TIME),
    ],
)
def test_a_line_of_a_log_that_is_not_just_two_stays_one(
    joined: str, reason: WhyRefused | None
) -> None:
    found = only(log("UTC", f"A\t\tT\t1\t200\tL\t{joined}"), Format.SCROBBLER_LOG)
    assert found.rows == 1
    assert [row.reason for row in found.refused] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("time", "stamp", "sense"),
    [
        ("2024-03-30T22:00:05Z", END + 5, 0),
        ("2024-03-31 00:00:05", END + 5, 0),
        ("2024-03-31 00:00", END, Sense.START_MINUTE),
        ("31.03.2024 00:00:05", END + 5, 0),
        ("31 Mar 2024 00:00", END, Sense.START_MINUTE),
        (f"{END}", END, 0),
        (f"{END}000", END, 0),
    ],
)
def test_a_table_of_ones_own_may_write_times_in_many_ways(
    time: str, stamp: int, sense: int
) -> None:
    text = f"Song\tPerformer\tPlayed at\nT\tA\t{time}\n"
    # Nobody's clock was at +02:00 that night but one without the change.
    [play] = only(text, Format.OWN_TABLE, zone="Etc/GMT-2").plays
    assert (play.told_at, play.sense) == (stamp, sense)


def test_a_table_of_ones_own_is_read_by_the_columns_that_somebody_named() -> None:
    text = "a;b;c;d\nT;x;A;2024-03-30T22:00:00Z\nT;x;A;31/31/2024\nT;x;A\nT;x;A;1;2\n"
    columns = {"a": Column.TITLE, "c": Column.ARTIST, "d": Column.TIME}
    found = only(text, Format.OWN_TABLE, columns=columns)
    assert [(play.title, play.artists, play.told_at) for play in found.plays] == [
        ("T", ("A",), END)
    ]
    assert [row.reason for row in found.refused] == [
        *(WhyRefused.BAD_TIME, WhyRefused.NO_TIME, WhyRefused.NO_ROW)
    ]


def test_apple_tells_no_artist_and_other_events() -> None:
    text = (
        "Event Start Timestamp,Event End Timestamp,Song Name,Play Duration Milliseconds,"
        "Event Type,End Reason Type\n"
        "2024-03-30T22:00:00.000Z,2024-03-30T22:03:00.000Z,T,180000,PLAY_END,NATURAL_END_OF_TRACK\n"
        ",2024-03-30T22:00:00Z,T,180000,PLAY_END,\n"
        "2024-03-30T22:00:00Z,2024-03-30T22:03:00Z,T,-5,PLAY_END,\n"
        "2024-03-30T22:00:00Z,,T,,LYRIC_DISPLAY,\n"
        "2024-03-30T22:00:00Z,,,5,PLAY_END,\n"
        "2024-03-30T22:00:00Z,,T,,PLAY_END,\n"
    )
    found = only(text, Format.APPLE_ACTIVITY)
    assert [(play.told_at, play.artists, play.ms, play.how) for play in found.plays] == [
        (END, (), 180_000, How.ENDED_BY_ITSELF),
        (END - 180, (), 180_000, 0),
        (END, (), 180_000, 0),
    ]
    assert [row.kind for row in found.left_out] == [Kind.NO_PLAY, Kind.NAMELESS]
    assert [row.reason for row in found.refused] == [WhyRefused.BAD_LENGTH]


def test_apples_days_tell_the_hour_at_best() -> None:
    text = (
        "Country,Date Played,Hours,Play Duration Milliseconds,Play Count,Skip Count,"
        'Track Description\nGermany,20240330,"22, 23",180000,1,0,A - T - Live\n'
        "Germany,20240330,,180000,0,1,A - T\nGermany,2024,,1,1,0,A - T\nGermany,20240330,,1,1,0,T\n"
    )
    found = only(text, Format.APPLE_DAILY)
    assert [(play.told_at, play.title, play.sense, play.how) for play in found.plays] == [
        (END, "T - Live", Sense.DAY, 0),
        (END - 36_000, "T", Sense.DAY, How.SKIPPED),
    ]
    assert [row.reason for row in found.refused] == [WhyRefused.BAD_TIME, WhyRefused.NO_ARTIST]


def test_youtube_is_read_where_it_is_music() -> None:
    def watched(title: str, header: str = "YouTube Music", **more: Any) -> Row:
        channel = [{"name": "A - Topic", "url": ""}]
        time = "2024-03-30T22:00:00.784Z"
        return {"header": header, "title": title, "subtitles": channel, "time": time, **more}

    rows = [
        watched("Watched T"),
        watched("T angesehen", titleUrl="https://music.youtube.com/watch?v=x"),
        watched("Watched a film", "YouTube"),
        watched("Watched a video that has been removed", subtitles=None),
    ]
    found = only(rows, Format.YOUTUBE_MUSIC)
    assert [(play.title, play.artists, play.told_at) for play in found.plays] == [
        ("T", ("A",), END)
    ] * 2
    assert [row.kind for row in found.left_out] == [Kind.VIDEO, Kind.NAMELESS]
