"""Spotify's extended history: what each field means, and what an odd one costs."""

import json
import time
from typing import Any

import pytest

from tests.providers.history_files.given import END, TRACK, Row, extended, file, told, zipped
from ttt.plays import Device, How, Kind, LeftOut, RefusedRow, ToldPlay, WhyRefused
from ttt.providers.history_files import Format

DAY = 86_400
NOTHING: Row = {
    "master_metadata_track_name": None,
    "master_metadata_album_artist_name": None,
    "master_metadata_album_album_name": None,
    "spotify_track_uri": None,
}


def one(**fields: Any) -> ToldPlay | LeftOut | RefusedRow:
    """What a file with this one row tells."""
    found = told(file([extended(**fields)]))
    assert found.rows == 1
    return [*found.plays, *found.left_out, *found.refused][0]


def play(**fields: Any) -> ToldPlay:
    found = one(**fields)
    assert isinstance(found, ToldPlay)
    return found


def test_a_row_is_a_play_with_all_that_it_tells() -> None:
    assert play() == ToldPlay(
        told_at=END,
        title="Paper Lanterns",
        artists=("The Invented Few",),
        started_at=END - 200,
        ms=200_000,
        album="Nothing Real",
        spotify_id=TRACK,
        how=How.ENDED_BY_ITSELF,
        device=Device.PHONE,
        country="DE",
        row=1,
    )


@pytest.mark.parametrize(
    ("device_time", "start"),
    [
        (None, END - 200),
        (0, END - 200),
        (END - 1700, END - 1700),
        ((END - 1700) * 1000, END - 1700),
        (float(END - 1700), END - 1700),
        (END - 195, END - 195),
        (END - 194, END - 200),
        (END - 200 - DAY, END - 200 - DAY),
        (END - 201 - DAY, END - 200),
        (-5, END - 200),
        (1e300, END - 200),
        ("soon", END - 200),
    ],
)
def test_the_devices_own_start_is_taken_where_it_can_be_one(device_time: Any, start: int) -> None:
    assert play(offline_timestamp=device_time).started_at == start


@pytest.mark.parametrize(
    ("platform", "device"),
    [
        ("ios", Device.PHONE),
        ("Android OS 9 API 28 (samsung, SM-G960F)", Device.PHONE),
        ("osx", Device.DESKTOP),
        ("Windows 10 (10.0.19045; x64)", Device.DESKTOP),
        ("web_player windows 10;chrome 126.0.0.0;desktop", Device.WEB),
        ("Partner android_tv Sony;BRAVIA", Device.TV),
        ("Partner google cast;Google;Chromecast;", Device.TV),
        ("playstation", Device.CONSOLE),
        ("Partner sonos_ppc Sonos;Play1", Device.SPEAKER),
        ("Partner tesla", Device.CAR),
        ("not_applicable", Device.UNKNOWN),
        (None, Device.UNKNOWN),
        (7, Device.UNKNOWN),
    ],
)
def test_a_platform_is_a_kind_of_device(platform: Any, device: Device) -> None:
    assert play(platform=platform).device == device


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({"reason_end": "fwdbtn", "skipped": True}, How.ENDED_BY_LISTENER | How.SKIPPED),
        ({"reason_end": "unexpected-exit"}, How.ENDED_OTHERWISE),
        ({"reason_end": "", "skipped": None, "offline": None}, 0),
        ({"reason_end": None, "shuffle": True, "offline": True}, How.SHUFFLE | How.OFFLINE),
        ({"reason_end": "none", "incognito_mode": True}, How.PRIVATE | How.ENDED_OTHERWISE),
        ({"reason_end": {}, "skipped": "x"}, 0),
    ],
)
def test_how_it_was_played_is_kept_as_far_as_it_is_told(fields: Row, how: int) -> None:
    assert play(**fields).how == how


def test_zero_milliseconds_and_everything_short_is_told() -> None:
    assert play(ms_played=0, offline_timestamp=None).started_at == END
    assert play(ms_played=12_000.0).ms == 12_000


def test_a_track_may_be_its_uri_alone() -> None:
    found = play(**NOTHING | {"spotify_track_uri": f"spotify:track:{TRACK}"})
    assert (found.title, found.artists, found.spotify_id) == ("", (), TRACK)


def test_a_file_of_ones_own_counts_by_its_names() -> None:
    found = play(spotify_track_uri="spotify:local:The+Invented+Few:Nothing:Paper:200")
    assert (found.title, found.spotify_id) == ("Paper Lanterns", None)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"episode_name": "About Clouds"}, Kind.PODCAST),
        ({"spotify_episode_uri": "spotify:episode:x", "ts": "nonsense"}, Kind.PODCAST),
        ({"audiobook_title": "The Blank Book"}, Kind.AUDIOBOOK),
        ({"audiobook_chapter_uri": "x", "spotify_episode_uri": "x"}, Kind.AUDIOBOOK),
        ({}, Kind.NAMELESS),
    ],
)
def test_what_is_no_music_is_left_out_by_its_kind(fields: Row, kind: Kind) -> None:
    assert one(**NOTHING | fields) == LeftOut(1, kind)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"ts": None}, WhyRefused.BAD_TIME),
        ({"ts": "2024-13-45T99:00:00Z"}, WhyRefused.BAD_TIME),
        ({"ts": [1]}, WhyRefused.BAD_TIME),
        ({"ts": "2099-01-01T00:00:00Z"}, WhyRefused.FUTURE),
        ({"ts": "1970-01-20T00:00:00Z"}, WhyRefused.TOO_EARLY),
        ({"ms_played": -5}, WhyRefused.BAD_LENGTH),
        ({"ms_played": None}, WhyRefused.BAD_LENGTH),
        ({"ms_played": 10**15}, WhyRefused.BAD_LENGTH),
        ({"ms_played": "x"}, WhyRefused.BAD_LENGTH),
        (
            {"spotify_track_uri": None, "master_metadata_album_artist_name": None},
            WhyRefused.NO_ARTIST,
        ),
    ],
)
def test_a_row_without_time_length_or_name_is_refused(fields: Row, reason: WhyRefused) -> None:
    found = one(**fields)
    assert isinstance(found, RefusedRow)
    assert found.reason is reason


@pytest.mark.parametrize(
    "field",
    [
        *("master_metadata_track_name", "master_metadata_album_artist_name", "platform"),
        *("master_metadata_album_album_name", "conn_country", "reason_end", "shuffle", "skipped"),
        *("offline", "offline_timestamp", "incognito_mode", "episode_name", "audiobook_title"),
    ],
)
@pytest.mark.parametrize("value", [None, 5, 5.5, [], {"a": [1]}, "x" * 5000, "\u0000", -1])
def test_an_odd_field_costs_no_row_that_has_its_track(field: str, value: Any) -> None:
    assert play(**{field: value}).spotify_id == TRACK


def test_numbers_as_text_and_nul_characters_are_read() -> None:
    found = play(ms_played="200000", master_metadata_track_name="Pa\u0000per\u0000 Lanterns")
    assert (found.ms, found.title) == (200_000, "Paper Lanterns")


def test_a_number_in_the_place_of_a_name_is_the_name() -> None:
    fields = {"master_metadata_track_name": 1999, "master_metadata_album_artist_name": 311.0}
    found = play(spotify_track_uri=None, **fields)
    assert (found.title, found.artists) == ("1999", ("311",))


def test_a_name_of_which_nothing_shows_is_none() -> None:
    found = play(
        master_metadata_track_name="\u200b\u2060", master_metadata_album_album_name="\ufeff"
    )
    assert (found.title, found.album) == ("", None)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_time_without_zone_is_utc_wherever_the_server_stands(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert play(ts="2024-03-30T22:00:00").told_at == END
        assert one(ts="1999-12-31T23:59:59").reason is WhyRefused.TOO_EARLY  # type: ignore[union-attr]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_names_keep_braces_quotes_and_letters_of_any_script() -> None:
    title = 'Curly } Brace "Quoted" \\ \U0001f98b },{ ]'
    found = play(master_metadata_track_name=title, master_metadata_album_artist_name="Ünï & Söhne")
    assert (found.title, found.artists) == (title, ("Ünï & Söhne",))


def test_address_agent_and_user_never_leave_the_parser() -> None:
    secrets = {
        "username": "secret-somebody",
        "ip_addr": "secret-1",
        "ip_addr_decrypted": "secret-2",
        "user_agent_decrypted": "secret-3",
    }
    rows = [extended(**secrets), extended(**secrets, ts=5), extended(**secrets, ms_played=-1)]
    found = told(file([*rows, extended(**secrets, **NOTHING)]), file(json.dumps(rows)[:-9]))
    assert found.rows == 7
    assert "secret" not in repr((found.plays, found.left_out, found.refused))


def test_the_files_of_2021_have_fewer_fields() -> None:
    old = extended(username="somebody", skipped=None)
    for name in [name for name in old if name.startswith("audiobook")]:
        del old[name]
    found = told(file([old], "endsong_0.json"))
    assert found.reading.format is Format.SPOTIFY_EXTENDED
    assert len(found.plays) == 1


def test_videos_in_the_video_file_are_plays_of_videos() -> None:
    folder = "Spotify Extended Streaming History/"
    members = {
        f"{folder}Streaming_History_Video_2024.json": [extended()],
        f"{folder}Streaming_History_Audio_2024_0.json": [extended(ts="2024-03-30T23:00:00Z")],
    }
    hows = [bool(one.how & How.VIDEO) for one in told(zipped(members)).plays]
    assert hows == [True, False]


def test_spotifystatstracker_is_its_own_source() -> None:
    found = told(file([extended(played_from="spotify:playlist:x")]))
    assert found.reading.format is Format.STATS_TRACKER
    assert found.reading.parts[0].format.source.label == "SpotifyStatsTracker"
