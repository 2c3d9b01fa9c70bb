"""Spotify's own rows as tables: nothing of its JSON is lost, least of all what is private."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.providers.history_files.given import NOW, TRACK, file, told, zipped
from ttt.plays import Device, How, Kind, PlaySource
from ttt.providers import history_files
from ttt.providers.history_files import Format, Order, Question

ROW: dict[str, Any] = {
    "ts": "2024-03-30T22:00:05Z",
    "username": "somebody",
    "platform": "android",
    "ms_played": 200_000,
    "conn_country": "DE",
    "ip_addr_decrypted": "192.0.2.7",
    "master_metadata_track_name": "T, and more",
    "master_metadata_album_artist_name": "A",
    "master_metadata_album_album_name": "L",
    "spotify_track_uri": f"spotify:track:{TRACK}",
    "episode_name": None,
    "reason_end": "trackdone",
    "shuffle": True,
    "skipped": False,
    "offline": True,
    "offline_timestamp": 1_711_836_000,
    "incognito_mode": True,
}
ACCOUNT = {
    "endTime": "2024-03-30 22:00",
    "artistName": "A",
    "trackName": "T",
    "msPlayed": 200_000,
    "podcastName": "",
}


def table(*rows: dict[str, Any], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_a_table_tells_the_same_as_the_json_that_it_was_made_of() -> None:
    rows = [ROW, ROW | {"skipped": None, "incognito_mode": False, "offline_timestamp": None}]
    found, before = told(file(table(*rows))), told(file(rows))
    assert found.reading.format is Format.SPOTIFY_TABLE
    assert found.reading.format.source is PlaySource.SPOTIFY_HISTORY
    assert found.plays == before.plays
    assert found.plays[0].how & How.PRIVATE
    assert (found.plays[0].device, found.plays[0].country) == (Device.PHONE, "DE")


def test_podcasts_in_a_table_are_left_out_and_not_refused() -> None:
    podcast = ROW | {
        "master_metadata_track_name": None,
        "spotify_track_uri": None,
        "episode_name": "E",
    }
    found = told(file(table(ROW, podcast)))
    assert [(one.row, one.kind) for one in found.left_out] == [(2, Kind.PODCAST)]
    assert (len(found.plays), found.refused) == (1, [])


@pytest.mark.parametrize("said", ["True", "TRUE", "WAHR", "VRAI", "VERDADERO", "waar", "1", "1.0"])
def test_a_private_session_stays_private_in_a_spreadsheet_of_any_language(said: str) -> None:
    rows = table(ROW | {"incognito_mode": said, "ts": "30.03.2024 22:00:05"}, delimiter=";")
    (play,) = told(file(rows)).plays
    assert play.how & How.PRIVATE
    assert play.told_at == told(file([ROW])).plays[0].told_at


@pytest.mark.parametrize("said", ["False", "FALSCH", "FAUX", "0", "", "nan"])
def test_what_does_not_say_yes_is_not_private(said: str) -> None:
    (play,) = told(file(table(ROW | {"incognito_mode": said}))).plays
    assert not play.how & How.PRIVATE


@pytest.mark.parametrize("said", ["200000", "200,000", "200.000", "200 000", "200000.0"])
def test_thousands_may_stand_apart(said: str) -> None:
    (play,) = told(file(table(ROW | {"ms_played": said}))).plays
    assert play.ms == 200_000


def test_what_pandas_writes_for_nothing_is_nothing_but_in_names() -> None:
    odd = {"offline_timestamp": "nan", "episode_name": "nan", "ms_played": "200000.0"}
    named = {"master_metadata_track_name": "None", "master_metadata_album_artist_name": "Null"}
    (play,) = told(file(table(ROW | odd | named))).plays
    assert (play.title, play.artists, play.ms) == ("None", ("Null",), 200_000)


@pytest.mark.parametrize("nothing", ["nan", "None", "<NA>"])
def test_the_same_word_for_nothing_in_all_names_is_no_name(nothing: str) -> None:
    nameless = {name: nothing for name in ROW if name.startswith(("master_", "spotify_"))}
    found = told(file(table(ROW, ROW | nameless)))
    assert [play.title for play in found.plays] == [ROW["master_metadata_track_name"]]
    assert [(one.row, one.kind) for one in found.left_out] == [(2, Kind.NAMELESS)]


def test_a_cell_that_cannot_be_loses_itself_or_its_row_alone() -> None:
    rows = [ROW, ROW | {"conn_country": "Germany"}, ROW | {"ms_played": "much"}, ROW | {"ts": "x"}]
    found = told(file(table(*rows)))
    assert [(play.row, play.country) for play in found.plays] == [(1, "DE"), (2, None)]
    assert [refused.row for refused in found.refused] == [3, 4]


def test_account_data_as_a_table_is_spotifys_too() -> None:
    podcast = ACCOUNT | {"podcastName": "P", "trackName": "", "artistName": ""}
    found = told(file(table(ACCOUNT, podcast)))
    assert found.reading.format is Format.SPOTIFY_ACCOUNT_TABLE
    assert found.plays == told(file([ACCOUNT])).plays
    assert [one.kind for one in found.left_out] == [Kind.PODCAST]


def test_dates_that_only_the_person_can_tell_are_asked_about_as_in_any_table() -> None:
    rows = table(ROW | {"ts": "03/04/2024 22:00:05"})
    reading = history_files.read([file(rows)], now=NOW)
    assert reading.questions == {Question.DATES}
    (play,) = told(file(rows), order=Order.MONTH).plays
    assert datetime.fromtimestamp(play.told_at, UTC) == datetime(2024, 3, 4, 22, 0, 5, tzinfo=UTC)
    assert play.how & How.PRIVATE


def test_tables_of_two_people_in_one_zip_are_asked_about() -> None:
    both = {"a/plays.csv": table(ROW), "b/plays.csv": table(ROW | {"ms_played": 100_000})}
    found = told(zipped(both), folders=("b/",))
    assert [play.ms for play in found.plays] == [100_000]


def test_nothing_personal_is_read_of_a_table() -> None:
    found = told(file(table(ROW)))
    assert "192.0.2.7" not in repr(found.plays)
    assert Question.COLUMNS not in found.reading.questions
