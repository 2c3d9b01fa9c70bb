"""What players send is taken within the bounds that ListenBrainz documents, to the last one."""

import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ttt.errors import InvalidInput
from ttt.services.recorders.players import listens

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def listen(at: int | None = 1_700_000_000, padding: int = 0, **info: object) -> dict[str, Any]:
    about: dict[str, Any] = {"track_name": "Song", "artist_name": "Band"}
    about["additional_info"] = info | ({"padding": "x" * padding} if padding else {})
    return {"track_metadata": about} | ({} if at is None else {"listened_at": at})


def read(kind: str, *payload: dict[str, Any]) -> listens.Submission:
    return listens.read(json.dumps({"listen_type": kind, "payload": payload}).encode(), NOW)


def test_a_listen_may_be_from_october_2002_to_ten_minutes_ahead() -> None:
    first = int(datetime(2002, 10, 1, tzinfo=UTC).timestamp())
    latest = int((NOW + timedelta(minutes=10)).timestamp())
    assert [play.told_at for play in read("import", listen(first), listen(latest)).plays] == [
        first,
        latest,
    ]
    for at, why in ((first - 1, "too low"), (latest + 1, "too high")):
        with pytest.raises(InvalidInput, match=why):
            read("single", listen(at))


@pytest.mark.parametrize("at", [1_700_000_000.0, 1_700_000_000.9, "1700000000", "1.7e9"])
def test_a_time_may_be_written_as_any_number(at: Any) -> None:
    assert read("single", listen(at)).plays[0].told_at == 1_700_000_000


@pytest.mark.parametrize("at", ["soon", "", "NaN", True, []])
def test_a_time_that_is_no_number_is_refused(at: Any) -> None:
    with pytest.raises(InvalidInput, match="listened_at"):
        read("single", listen(at))


def test_half_a_letter_costs_that_half_alone() -> None:
    cut = json.dumps({"listen_type": "import", "payload": [listen(), listen()]})
    body = cut.replace('"Song"', '"Song \\ud83d"', 1).encode()
    assert [play.title for play in listens.read(body, NOW).plays] == ["Song", "Song"]


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"a": NaN}'])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="JSON document"):
        listens.read(body, NOW)


def test_a_listen_has_10240_bytes_and_no_more() -> None:
    room = 10_240 - len(json.dumps(listen(padding=1))) + 1
    assert read("single", listen(padding=room)).plays[0].title == "Song"
    with pytest.raises(InvalidInput, match="at most 10240 bytes"):
        read("single", listen(padding=room + 1))


def test_a_thousand_listens_come_at_a_time_and_one_where_it_says_single() -> None:
    assert len(read("import", *[listen()] * 1_000).plays) == 1_000
    with pytest.raises(InvalidInput, match="At most 1000"):
        read("import", *[listen()] * 1_001)
    for kind in ("single", "playing_now"):
        with pytest.raises(InvalidInput, match="one listen only"):
            read(kind, listen(), listen())


def test_what_plays_now_has_no_time_and_all_else_needs_one() -> None:
    assert read("playing_now", listen(None)).plays[0].told_at == 0
    with pytest.raises(InvalidInput, match="must not contain listened_at"):
        read("playing_now", listen())
    with pytest.raises(InvalidInput, match="must contain the key listened_at"):
        read("single", listen(None))


def test_lengths_come_in_milliseconds_or_in_seconds() -> None:
    said = [listen(duration_ms=200_000), listen(duration=200)]
    found = [play.duration_ms for play in read("import", *said).plays]
    assert found == [200_000, 200_000]


@pytest.mark.parametrize("name", ["spotify_id", "origin_url"])
def test_a_track_of_spotifys_is_told_by_its_id_or_by_where_it_was_played(name: str) -> None:
    link = "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC"
    (play,) = read("single", listen(**{name: link})).plays
    assert play.spotify_id == "4uLU6hMCjMI75M1A2tKUQC"


def test_the_first_fifty_artists_are_taken() -> None:
    names = [f"Band {n}" for n in range(60)]
    (play,) = read("single", listen(artist_names=names)).plays
    assert play.artists == tuple(names[:50])


@pytest.mark.parametrize("missing", ["track_name", "artist_name"])
def test_a_listen_needs_a_title_and_an_artist(missing: str) -> None:
    said = listen()
    said["track_metadata"][missing] = " "
    with pytest.raises(InvalidInput, match="must contain track_name and artist_name"):
        read("single", said)


def test_a_body_has_a_thousand_times_as_many_bytes_as_a_listen_and_no_more() -> None:
    body = json.dumps({"listen_type": "single", "payload": [listen()]}).encode()
    assert listens.read(body.ljust(10_240_000), NOW).kind == "single"
    with pytest.raises(InvalidInput, match="at most 10240000 bytes"):
        listens.read(body.ljust(10_240_001), NOW)


def test_more_values_than_a_thousand_listens_hold_are_refused_before_they_are_made() -> None:
    body = b'{"listen_type": "import", "payload": [%s0]}' % (b"0," * 2_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(InvalidInput, match="holds too many values"):
            listens.read(body, NOW)
        assert tracemalloc.get_traced_memory()[1] < len(body)
    finally:
        tracemalloc.stop()
