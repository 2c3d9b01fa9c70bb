"""JSON of one's own says its times and names under any words that columns of tables have."""

import json
from typing import Any

import pytest

from tests.providers.history_files.given import END, file, told
from ttt.errors import HistoryRefused
from ttt.plays import Sense
from ttt.providers.history_files import Format, WhyNoHistory

AT = "2024-03-30T22:00:00Z"
ROWS: dict[str, dict[str, Any]] = {
    "words with blanks": {"Artist Name": "A", "Track Name": "T", "Album": "L", "Played At": AT},
    "German": {"Künstler": "A", "Titel": "T", "Album": "L", "Gespielt am": AT},
    "a column's words": {"artist": "A", "track_title": "T", "albumTitle": "L", "date_played": AT},
    "teal.fm": {
        "$type": "fm.teal.alpha.feed.play",
        "artists": [{"artistName": "A", "artistMbId": "x"}],
        "trackName": "T",
        "releaseName": "L",
        "playedTime": AT,
    },
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_keys_are_those_that_columns_are_called_by(row: dict[str, Any], ascii_only: bool) -> None:
    found = told(file(json.dumps([row, row], ensure_ascii=ascii_only)))
    assert found.reading.format is Format.OWN_JSON
    assert [(p.told_at, p.title, p.artists, p.album) for p in found.plays] == [
        (END, "T", ("A",), "L")
    ] * 2


def test_what_a_key_says_in_a_name_is_no_key() -> None:
    rows = [{"Titel": 'Say "Künstler": twice', "Künstler": "A", "Gespielt am": AT}] * 2
    found = told(file(json.dumps(rows, ensure_ascii=False)))
    assert [play.title for play in found.plays] == ['Say "Künstler": twice'] * 2


def test_of_a_start_and_an_end_the_start_counts_and_an_end_alone_is_one() -> None:
    row = {"artist": "A", "title": "T", "end_time": "2024-03-30T22:03:20Z", "seconds_played": 200}
    end, both = told(file([row, row | {"playedAt": AT}])).plays
    assert (end.told_at, end.sense, end.started_at, end.ms) == (END + 200, Sense.END, END, 200_000)
    (alone,) = told(file([row | {"start_time": AT}])).plays
    assert [(play.told_at, play.sense) for play in (both, alone)] == [(END, 0)] * 2


@pytest.mark.parametrize(
    ("duration", "ms"), [(215, 215_000), (215_000, 215_000), ("3:35", 215_000), ("long", None)]
)
def test_a_length_is_in_the_unit_that_it_can_be_in(duration: object, ms: int | None) -> None:
    row = {"artist": "A", "title": "T", "played_at": AT, "duration": duration}
    (play,) = told(file([row])).plays
    assert play.duration_ms == ms


def test_a_list_with_other_words_for_days_is_no_history() -> None:
    with pytest.raises(HistoryRefused) as refused:
        told(file([{"Artist Name": "A", "Track Name": "T", "Added": AT, "Release Date": AT}]))
    assert refused.value.why is WhyNoHistory.NO_HISTORY


def test_names_of_letters_are_letters() -> None:
    row = {"artist": "Simon &amp; Garfunkel", "title": "It&#39;s &quot;it&quot;", "played_at": AT}
    (play,) = told(file([row])).plays
    assert (play.title, play.artists) == ('It\'s "it"', ("Simon & Garfunkel",))


def test_spotifys_time_beside_how_long_it_was_is_the_end() -> None:
    row = {"artistName": "A", "trackName": "T", "ts": AT}
    spotifys, other = told(file([row | {"msPlayed": 200_000}, row])).plays
    assert (spotifys.sense, spotifys.started_at) == (Sense.END, END - 200)
    assert (other.sense, other.started_at) == (0, END)
