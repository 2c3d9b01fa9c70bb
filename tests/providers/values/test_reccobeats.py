"""ReccoBeats: rows in any order, without the unknown, with fields missing."""

import json
from typing import Any

import pytest

from tests.providers.scripted import Reply, Server
from ttt.errors import ProviderNonsense
from ttt.found import Finding, FoundFeatures, Kind, Wanted
from ttt.providers.http import Client
from ttt.providers.values.reccobeats import ReccoBeats
from ttt.settings import PROJECT

SAMPLES = PROJECT.parent / "shared" / "samples" / "reccobeats"
IDS = [f"{letter * 22}" for letter in "abc"]
KNOWN = {
    "acousticness": 0.00143,
    "danceability": 0.513,
    "energy": 0.73,
    "instrumentalness": 9.54e-05,
    "key": 1,
    "liveness": 0.0897,
    "loudness": -5.94,
    "mode": 1,
    "speechiness": 0.0598,
    "tempo": 171.001,
    "valence": 0.334,
}


@pytest.fixture
def reccobeats(client: Client, server: Server) -> ReccoBeats:
    return ReccoBeats(client, server.url)


def row(spotify_id: str, **fields: object) -> dict[str, Any]:
    href = f"https://open.spotify.com/track/{spotify_id}"
    return {"id": f"own-{spotify_id}", "href": href, **fields}


def rows(*content: object) -> Reply:
    return Reply(body={"content": list(content)})


def wanted(*ids: str) -> list[Wanted]:
    return [Wanted(spotify_id) for spotify_id in ids]


def test_features_are_one_request_and_all_that_is_said(
    reccobeats: ReccoBeats, server: Server
) -> None:
    server.will(rows(row(IDS[0], **KNOWN)))

    found = reccobeats.look_up(Kind.FEATURES, wanted(*IDS))

    features = FoundFeatures(
        energy=0.73,
        valence=0.334,
        tempo=171.001,
        key=1,
        mode=1,
        danceability=0.513,
        acousticness=0.00143,
        instrumentalness=9.54e-05,
        liveness=0.0897,
        loudness=-5.94,
        speechiness=0.0598,
    )
    assert found == {IDS[0]: Finding(f"own-{IDS[0]}", features)}
    [asked] = server.asked
    assert asked.path == "/v1/audio-features"
    assert asked.query == {"ids": ",".join(IDS)}


def test_popularity_is_one_request(reccobeats: ReccoBeats, server: Server) -> None:
    server.will(rows(row(IDS[1], popularity=87), row(IDS[0], popularity=0), row(IDS[2])))

    found = reccobeats.look_up(Kind.POPULARITY, wanted(*IDS))

    assert {i: finding.popularity for i, finding in found.items()} == {IDS[1]: 87.0, IDS[0]: 0.0}
    assert server.paths == ["/v1/track"]


def test_rows_are_joined_by_their_link_in_whatever_order(
    reccobeats: ReccoBeats, server: Server
) -> None:
    server.will(rows(row(IDS[2], energy=0.3), row(IDS[0], energy=0.1)))

    found = reccobeats.look_up(Kind.FEATURES, wanted(*IDS))

    assert {i: f.features.energy for i, f in found.items() if f.features} == {
        IDS[0]: 0.1,
        IDS[2]: 0.3,
    }


def test_the_unknown_are_misses(reccobeats: ReccoBeats, server: Server) -> None:
    server.will(rows())
    assert reccobeats.look_up(Kind.FEATURES, wanted(*IDS)) == {}


def test_a_track_that_nobody_asked_for_is_left_out(reccobeats: ReccoBeats, server: Server) -> None:
    server.will(rows(row("z" * 22, energy=0.5), row(IDS[0], energy=0.1)))
    assert reccobeats.look_up(Kind.FEATURES, wanted(*IDS)).keys() == {IDS[0]}


def test_a_track_that_is_wanted_or_told_twice_is_one(
    reccobeats: ReccoBeats, server: Server
) -> None:
    server.will(rows(row(IDS[0], energy=0.1), row(IDS[0], energy=0.9)))

    found = reccobeats.look_up(Kind.FEATURES, wanted(IDS[0], IDS[0]))

    assert [f.features for f in found.values()] == [FoundFeatures(energy=0.1)]
    assert server.asked[0].query == {"ids": IDS[0]}


@pytest.mark.parametrize(
    "fields",
    [
        {"energy": 1.2, "valence": -0.1, "tempo": 0, "key": -1, "mode": 2, "loudness": 60},
        {"energy": "0.5", "valence": True, "tempo": None, "key": 1.5, "mode": [1]},
        {"energy": 1e400, "tempo": 10**400, "key": 12},
        {},
    ],
)
def test_what_is_out_of_range_is_not_known(
    reccobeats: ReccoBeats, server: Server, fields: dict[str, object]
) -> None:
    server.will(rows(row(IDS[0], **fields), row(IDS[1], **fields, speechiness=0.5)))

    found = reccobeats.look_up(Kind.FEATURES, wanted(*IDS))

    assert found == {IDS[1]: Finding(f"own-{IDS[1]}", FoundFeatures(speechiness=0.5))}


@pytest.mark.parametrize("popularity", [-1, 101, "87", None, True])
def test_a_popularity_out_of_range_is_a_miss(
    reccobeats: ReccoBeats, server: Server, popularity: object
) -> None:
    server.will(rows(row(IDS[0], popularity=popularity)))
    assert reccobeats.look_up(Kind.POPULARITY, wanted(IDS[0])) == {}


def test_forty_tracks_are_one_request(reccobeats: ReccoBeats, server: Server) -> None:
    ids = [f"{number:022}" for number in range(40)]
    server.will(rows(*(row(i, energy=0.5) for i in reversed(ids))))

    assert reccobeats.look_up(Kind.FEATURES, wanted(*ids)).keys() == set(ids)
    [asked] = server.asked
    assert asked.query["ids"].split(",") == ids


def test_more_than_forty_are_not_even_asked_for(reccobeats: ReccoBeats, server: Server) -> None:
    with pytest.raises(ValueError, match="40 at a time"):
        reccobeats.look_up(Kind.FEATURES, wanted(*(f"{number:022}" for number in range(41))))
    assert server.asked == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, {"error": "ids: size must be between 1 and 40"}),
        Reply(404, {"content": []}),
        Reply(body={"tracks": []}),
        Reply(body={"content": [{"id": "own", "energy": 0.5}]}),
        Reply(body={"content": ["row"]}),
    ],
)
def test_rows_that_name_no_track_are_nonsense(
    reccobeats: ReccoBeats, server: Server, reply: Reply
) -> None:
    server.will(reply)

    with pytest.raises(ProviderNonsense):
        reccobeats.look_up(Kind.FEATURES, wanted(*IDS))
    assert len(server.asked) == 1


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"{SAMPLES} is not here")
@pytest.mark.parametrize(
    ("name", "kind", "hits", "valences"),
    [
        ("audio_features_two_rows", Kind.FEATURES, 2, 2),
        ("audio_features_fields_missing", Kind.FEATURES, 2, 1),
        ("audio_features_none_known", Kind.FEATURES, 0, 0),
        ("track_one_row_abridged", Kind.POPULARITY, 1, 0),
    ],
)
def test_real_answers_are_read(
    reccobeats: ReccoBeats, server: Server, name: str, kind: Kind, hits: int, valences: int
) -> None:
    answer = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    server.will(Reply(body=answer))
    ids = [said["href"].rpartition("/")[2] for said in answer["content"]] or IDS

    found = reccobeats.look_up(kind, wanted(*ids))

    features = [f.features for f in found.values() if f.features]
    assert len(found) == hits
    assert sum(f.valence is not None for f in features) == valences
    assert [f.popularity for f in found.values()] == (
        [87.0] if kind is Kind.POPULARITY else [None] * hits
    )
