"""Deezer: tempo and rank in one answer, and errors that come as HTTP 200."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.providers.conftest import NOW
from tests.providers.scripted import Reply, Server
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import Finding, FoundFeatures, Kind, Reach, Wanted
from ttt.providers.http import Client
from ttt.providers.values.deezer import Deezer
from ttt.providers.values.protocol import answers
from ttt.settings import PROJECT

SAMPLES = PROJECT.parent / "shared" / "samples" / "deezer"
ID = "a" * 22
WANTED = Wanted(ID, "GBDUW0000059")


@pytest.fixture
def deezer(client: Client, server: Server) -> Deezer:
    return Deezer(client, server.url)


def sample(name: str) -> Any:
    path = SAMPLES / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return json.loads(path.read_text(encoding="utf-8"))


def failed(code: object) -> Reply:
    return Reply(body={"error": {"type": "Exception", "message": "words", "code": code}})


@pytest.mark.parametrize("kind", [Kind.FEATURES, Kind.POPULARITY])
def test_one_request_tells_tempo_and_rank(deezer: Deezer, server: Server, kind: Kind) -> None:
    server.will(Reply(body={"id": 3135556, "bpm": 123.4, "rank": 760033}))

    [(spotify_id, finding)] = deezer.look_up(kind, [WANTED]).items()

    assert spotify_id == ID
    assert finding == Finding(
        "3135556", FoundFeatures(tempo=123.4), reach={Reach.DEEZER_RANK: 760033.0}
    )
    assert server.paths == ["/track/isrc:GBDUW0000059"]


@pytest.mark.parametrize("bpm", [0, 0.0, None, "123", -1, 5000])
def test_a_tempo_that_is_unknown_leaves_the_rank(
    deezer: Deezer, server: Server, bpm: object
) -> None:
    server.will(Reply(body={"id": 1, "bpm": bpm, "rank": 5}))

    [finding] = deezer.look_up(Kind.FEATURES, [WANTED]).values()

    assert finding == Finding("1", reach={Reach.DEEZER_RANK: 5.0})
    assert not answers(finding, Kind.FEATURES)
    assert answers(finding, Kind.POPULARITY)


def test_a_rank_that_is_unknown_leaves_the_tempo(deezer: Deezer, server: Server) -> None:
    server.will(Reply(body={"id": 1, "bpm": 90, "rank": 1_000_001}))

    [finding] = deezer.look_up(Kind.POPULARITY, [WANTED]).values()

    assert finding == Finding("1", FoundFeatures(tempo=90.0))
    assert not answers(finding, Kind.POPULARITY)


def test_a_track_without_either_is_a_miss(deezer: Deezer, server: Server) -> None:
    server.will(Reply(body={"id": 1, "bpm": 0}))
    assert deezer.look_up(Kind.FEATURES, [WANTED]) == {}


def test_an_unknown_isrc_is_a_miss(deezer: Deezer, server: Server) -> None:
    server.will(failed(800))
    assert deezer.look_up(Kind.FEATURES, [WANTED]) == {}
    assert len(server.asked) == 1


@pytest.mark.parametrize("isrc", [None, "", "GBDUW000005", "../../user/me", "GBDUW0000059?x=1"])
def test_without_an_isrc_nothing_is_asked(deezer: Deezer, server: Server, isrc: str | None) -> None:
    assert deezer.look_up(Kind.FEATURES, [Wanted(ID, isrc)]) == {}
    assert server.asked == []


def test_an_isrc_is_asked_for_in_its_plain_form(deezer: Deezer, server: Server) -> None:
    server.will(failed(800))
    deezer.look_up(Kind.FEATURES, [Wanted(ID, " gb-duw-00-00059 ")])
    assert server.paths == ["/track/isrc:GBDUW0000059"]


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (4, ProviderBlocked("deezer", NOW + timedelta(seconds=10))),
        (200, ProviderRefused("deezer")),
        (300, ProviderRefused("deezer")),
        (901, ProviderRefused("deezer")),
        (700, ProviderUnavailable("deezer")),
        (100, ProviderNonsense("deezer")),
        (500, ProviderNonsense("deezer")),
        (600, ProviderNonsense("deezer")),
        (None, ProviderNonsense("deezer")),
        ("4", ProviderNonsense("deezer")),
    ],
)
def test_an_error_within_a_200_is_told_apart(
    deezer: Deezer, server: Server, code: object, meaning: ProviderError
) -> None:
    server.will(failed(code))

    with pytest.raises(ProviderError) as caught:
        deezer.look_up(Kind.FEATURES, [WANTED])
    assert caught.value == meaning
    assert len(server.asked) == 1


@pytest.mark.parametrize("body", [{"error": "Quota"}, {"bpm": 123, "rank": 5}, {"id": {}}])
def test_an_answer_about_nothing_is_nonsense(
    deezer: Deezer, server: Server, body: dict[str, object]
) -> None:
    server.will(Reply(body=body))

    with pytest.raises(ProviderNonsense):
        deezer.look_up(Kind.FEATURES, [WANTED])


@pytest.mark.parametrize("odd", [None, {}, True])
def test_an_odd_id_costs_no_value(deezer: Deezer, server: Server, odd: object) -> None:
    server.will(Reply(body={"id": odd, "title": "Harder Better", "bpm": 123.4, "rank": 5}))
    [found] = deezer.look_up(Kind.FEATURES, [WANTED]).values()
    assert found.provider_id is None
    assert found.features == FoundFeatures(tempo=123.4)


def test_a_real_track_is_read(deezer: Deezer, server: Server) -> None:
    server.will(Reply(body=sample("test_get_track_0")))

    [finding] = deezer.look_up(Kind.FEATURES, [WANTED]).values()

    assert finding == Finding(
        "3135556", FoundFeatures(tempo=123.0), reach={Reach.DEEZER_RANK: 760033.0}
    )


@pytest.mark.parametrize(
    ("name", "count"),
    [("test_get_overall_tracks_chart_0", 10), ("TestAsyncClient.test_search_simple_0", 25)],
)
def test_real_tracks_of_lists_have_a_rank(
    deezer: Deezer, server: Server, name: str, count: int
) -> None:
    tracks = sample(name)["data"]
    server.will(*(Reply(body=track) for track in tracks))

    found = [deezer.look_up(Kind.POPULARITY, [WANTED])[ID] for _ in tracks]

    assert len(found) == count
    assert all(0 < finding.reach[Reach.DEEZER_RANK] <= 1_000_000 for finding in found)
    assert not any(finding.features for finding in found)


def test_a_real_error_is_nonsense(deezer: Deezer, server: Server) -> None:
    server.will(Reply(body=sample("test_no_genre_raise_0")))

    with pytest.raises(ProviderNonsense):
        deezer.look_up(Kind.FEATURES, [WANTED])
