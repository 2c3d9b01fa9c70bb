"""`my_spotify_data.zip` of a demo listener, as Spotify sends it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from ttt.demo.history.export import midnight
from ttt.demo.history.plays import played
from ttt.demo.listeners import LISTENERS, listener

FIELDS = {
    *("ts", "platform", "ms_played", "conn_country", "ip_addr"),
    *("master_metadata_track_name", "master_metadata_album_artist_name"),
    *("master_metadata_album_album_name", "spotify_track_uri"),
    *("episode_name", "episode_show_name", "spotify_episode_uri"),
    *("audiobook_title", "audiobook_uri", "audiobook_chapter_uri", "audiobook_chapter_title"),
    *("reason_start", "reason_end", "shuffle", "skipped", "offline", "offline_timestamp"),
    "incognito_mode",
}


@pytest.fixture
def download(browser):
    def download(person="ben"):
        response = browser.request("GET", f"my_spotify_data.zip?listener={person}")
        assert response.headers["content-type"] == "application/zip"
        assert 'filename="my_spotify_data.zip"' in response.headers["content-disposition"]
        return response.content

    return download


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_names_and_rows_are_as_spotify_sends_them(download):
    files = unpacked(download())
    folder = "Spotify Extended Streaming History"

    assert list(files) == [
        f"{folder}/ReadMeFirst_ExtendedStreamingHistory.pdf",
        f"{folder}/Streaming_History_Audio_2016-2021_0.json",
        f"{folder}/Streaming_History_Audio_2021-2026_1.json",
        f"{folder}/Streaming_History_Audio_2026_2.json",
        f"{folder}/Streaming_History_Video_2016-2026.json",
    ]
    assert files[f"{folder}/ReadMeFirst_ExtendedStreamingHistory.pdf"].startswith(b"%PDF-")
    parts = [json.loads(data) for name, data in files.items() if name.endswith(".json")]
    assert all(row.keys() == FIELDS for part in parts for row in part)
    assert [len(part) for part in parts[:2]] == [16_000, 16_000]
    for part in parts:
        assert [row["ts"] for row in part] == sorted(row["ts"] for row in part)


def test_every_play_until_yesterday_is_in_it_with_podcasts_and_videos(download, library, clock):
    files = unpacked(download())
    rows = [
        (name, row)
        for name, data in files.items()
        if name.endswith(".json")
        for row in json.loads(data)
    ]
    music = [row for _, row in rows if row["spotify_track_uri"]]
    talk = [row for _, row in rows if row["spotify_episode_uri"]]
    plays = played(library, listener("ben"), midnight(clock()))

    assert len(music) == len(plays)
    assert sum(row["ms_played"] for row in music) == plays.ms.sum()
    assert 10 <= len(talk) <= 200
    assert 5 <= sum("Video" in name for name, _ in rows) <= 60
    assert all(row["ts"] < "2026-11-25" for row in music)
    # Older rows know less and count otherwise, as in Spotify's own files.
    assert {row["skipped"] for row in music if row["ts"] < "2017-12"} == {None}
    assert {row["skipped"] for row in music if row["ts"] > "2018-02"} == {True, False}
    assert min(row["offline_timestamp"] for row in music if row["ts"] < "2018-12") > 10**12


def test_offline_rows_are_told_together_and_know_their_start(download):
    files = unpacked(download("ada"))
    offline = [
        row
        for name, data in files.items()
        if "Audio" in name
        for row in json.loads(data)
        if row["offline"]
    ]

    assert len({row["ts"] for row in offline}) < 0.5 * len(offline)


def test_the_same_day_gives_the_same_file_and_another_listener_another(browser, download, clock):
    first = download()
    clock.forward(hours=11)
    same_day = download()
    clock.forward(hours=2)

    assert same_day == first
    assert download() != first
    assert download("emi") != first


def test_an_unknown_listener_has_no_history(browser):
    response = browser.request("GET", "my_spotify_data.zip?listener=nobody")

    assert response.status_code == 400


def test_what_is_told_lately_and_the_file_overlap(library, clock):
    """So nobody who uploads the file and connects has a gap."""
    from ttt.demo.web_api.recent import newest

    for person in LISTENERS:
        oldest = newest(library, person, clock())[-1].played_at
        assert oldest < (midnight(clock()) - timedelta(0)).timestamp() * 1000
