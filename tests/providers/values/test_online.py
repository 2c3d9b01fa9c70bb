"""What holds for every provider that is asked over the network."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.conftest import NOW
from tests.providers.scripted import Reply, Server
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import Finding, Kind, Wanted
from ttt.providers.http import Answer, Client
from ttt.providers.values.deezer import Deezer
from ttt.providers.values.lastfm import LastFm
from ttt.providers.values.musicbrainz import MusicBrainz
from ttt.providers.values.online import Online
from ttt.providers.values.reccobeats import ReccoBeats
from ttt.settings import load

WANTED = Wanted("4PTG3Z6ehGkBFwjybzWkR8", "GBARL9300135", "Never Gonna", "Rick Astley")
MAKERS: dict[str, Callable[[Client, str], Online]] = {
    "reccobeats": ReccoBeats,
    "deezer": Deezer,
    "lastfm": lambda client, url: LastFm(client, url, "key"),
    "musicbrainz": MusicBrainz,
}


@pytest.fixture(params=MAKERS)
def provider(request: pytest.FixtureRequest, client: Client, server: Server) -> Online:
    return MAKERS[request.param](client, server.url)


def a_kind(provider: Online) -> Kind:
    return min(provider.kinds)


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        (Reply(401), ProviderRefused),
        (Reply(403, "<html>"), ProviderRefused),
        (Reply(429), ProviderBlocked),
        (Reply(500, "<html>"), ProviderUnavailable),
        (Reply(502), ProviderUnavailable),
        (Reply(fault="cut"), ProviderUnavailable),
        (Reply(body="<!doctype html>"), ProviderNonsense),
        (Reply(body='{"content": ['), ProviderNonsense),
        (Reply(body=[]), ProviderNonsense),
        (Reply(body={}), ProviderNonsense),
        (Reply(body={"content": None, "recordings": {}, "track": [], "id": []}), ProviderNonsense),
        (Reply(400, "<html>"), ProviderNonsense),
        (Reply(418, {}), ProviderNonsense),
    ],
)
def test_a_failure_is_an_error_that_names_the_source_after_one_request(
    provider: Online, server: Server, reply: Reply, meaning: type[ProviderError]
) -> None:
    server.will(reply)

    with pytest.raises(ProviderError) as caught:
        provider.look_up(a_kind(provider), [WANTED])
    assert type(caught.value) is meaning
    assert caught.value.source == provider.source
    assert len(server.asked) == 1


def test_a_limit_says_until_when(provider: Online, server: Server) -> None:
    server.will(Reply(429, headers={"Retry-After": "30"}))

    with pytest.raises(ProviderBlocked) as caught:
        provider.look_up(a_kind(provider), [WANTED])
    assert caught.value.until == NOW + timedelta(seconds=30)


def test_an_answer_that_stalls_is_a_time_out(server: Server, provider: Online) -> None:
    hasty = Client(load(), read_seconds=0.2, attempts=1)
    server.will(Reply(fault="stall"))

    with pytest.raises(ProviderUnavailable) as caught:
        MAKERS[provider.source](hasty, server.url).look_up(a_kind(provider), [WANTED])
    assert caught.value.timed_out
    hasty.close()


def test_nothing_wanted_is_no_request(provider: Online, server: Server) -> None:
    assert provider.look_up(a_kind(provider), []) == {}
    assert server.asked == []


def test_more_than_a_batch_is_a_mistake_of_the_caller(provider: Online, server: Server) -> None:
    with pytest.raises(ValueError, match=f"{provider.batch} at a time"):
        provider.look_up(a_kind(provider), [WANTED] * (provider.batch + 1))
    assert server.asked == []


def test_a_kind_that_is_not_given_is_a_mistake_of_the_caller(
    provider: Online, server: Server
) -> None:
    for kind in set(Kind) - provider.kinds:
        with pytest.raises(ValueError, match=provider.source):
            provider.look_up(kind, [WANTED])
    assert server.asked == []


class Said(Client):
    """Answers with the same body to everything."""

    body = b""

    def get(self, source: str, *_: object, **__: object) -> Answer:
        return Answer(source, 200, self.body)


SAID = Said(load())
SAYING = [make(SAID, "http://127.0.0.1:1") for make in MAKERS.values()]


HREF = f"https://open.spotify.com/track/{WANTED.spotify_id}"
TAGS = {"tag": [{"name": "rock"}, {"name": "hip hop"}]}
SOUND: dict[str, Any] = {
    "reccobeats": {
        "content": [{"id": "a", "href": HREF, "energy": 0.5, "key": 1, "popularity": 9}, {}]
    },
    "deezer": {"id": 5, "bpm": 120.5, "rank": 700, "error": {}},
    "lastfm": {
        "track": {
            "name": WANTED.title,
            "artist": {"name": WANTED.artist},
            "listeners": "12",
            "mbid": "b",
            "toptags": TAGS,
        }
    },
    "musicbrainz": {
        "recordings": [
            {
                "id": "c",
                "tags": [{"name": "soul", "count": 3}],
                "artist-credit": [{"artist": {"name": "d", "tags": [{"name": "pop", "count": 1}]}}],
            }
        ]
    },
}
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([HREF, WANTED.title, WANTED.artist, "12", "x" * 100]),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=6,
)


@st.composite
def nearly(draw: st.DrawFn, sound: Any) -> Any:
    """A sound answer of which one part, at whatever depth, is odd or missing."""
    if not isinstance(sound, dict | list) or not sound or draw(st.integers(0, 3)) == 0:
        return draw(ANYTHING)
    places = list(sound) if isinstance(sound, dict) else list(range(len(sound)))
    place, copy = draw(st.sampled_from(places)), sound.copy()
    if draw(st.integers(0, 3)) == 0:
        del copy[place]
    else:
        copy[place] = draw(nearly(sound[place]))
    return copy


@pytest.mark.parametrize("number", range(len(SAYING)), ids=MAKERS)
@trying(derandomize=True, max_examples=150, deadline=None)
@given(data=st.data())
def test_any_json_gives_findings_or_a_provider_error(number: int, data: st.DataObject) -> None:
    provider = SAYING[number]
    SAID.body = json.dumps(data.draw(nearly(SOUND[provider.source]))).encode()
    for kind in provider.kinds:
        try:
            found = provider.look_up(kind, [WANTED])
        except ProviderError:
            continue
        assert found.keys() <= {WANTED.spotify_id}
        assert all(is_sound(finding) for finding in found.values())


@trying(derandomize=True, max_examples=200, deadline=None)
@given(body=st.binary(max_size=60))
def test_any_bytes_give_findings_or_a_provider_error(body: bytes) -> None:
    SAID.body = body
    for provider in SAYING:
        with pytest.raises(ProviderError):
            provider.look_up(a_kind(provider), [WANTED])


def is_sound(finding: Finding) -> bool:
    """Whether a finding says something, and nothing that cannot be stored."""
    numbers = [finding.popularity, *finding.reach.values()]
    return (
        finding != Finding(finding.provider_id)
        and len(finding.provider_id or "") <= 64
        and all(number is None or 0 <= number < 1e13 for number in numbers)
        and all(genre.isprintable() and 0 < len(genre) <= 40 for genre in finding.genres)
    )
