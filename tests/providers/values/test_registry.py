"""Each provider that a setting can name is there, and gives what it is named for."""

import pytest

from tests.providers.scripted import Reply, Server
from ttt.errors import SettingsError
from ttt.found import Finding, Kind, Source, Wanted
from ttt.providers.values.protocol import answers
from ttt.providers.values.registry import providers
from ttt.settings import load
from ttt.settings.sources import SERVICES


@pytest.mark.parametrize("kind", Kind)
def test_every_provider_of_a_list_gives_what_it_is_listed_for(kind: Kind) -> None:
    settings = load(spotify_client_id="id")
    named = [Source(name) for name in settings.providers_of(kind.value)]
    # Spotify is asked on behalf of a person.
    listed = [source for source in named if source is not Source.SPOTIFY]

    assert listed
    assert all(kind in providers(settings)[source].kinds for source in listed)


def test_all_but_the_catalogue_and_spotify_are_services() -> None:
    assert {*SERVICES} == {*providers(load()), Source.SPOTIFY} - {Source.CATALOGUE}


def test_providers_are_made_once_a_process() -> None:
    assert providers(load()) is providers(load())


def test_each_is_asked_at_the_address_that_is_set(server: Server) -> None:
    made = providers(
        load(
            reccobeats_url=f"{server.url}/recco/",
            deezer_url=f"{server.url}/dee",
            lastfm_url=f"{server.url}/last",
            lastfm_key="key",
            musicbrainz_url=f"{server.url}/brainz",
        )
    )
    wanted = [Wanted("a" * 22, "GBARL9300135", "A title", "An artist")]
    server.will(
        Reply(body={"content": []}),
        Reply(body={"error": {"code": 800}}),
        Reply(body={"error": 6}),
        Reply(404),
    )

    for source in (Source.RECCOBEATS, Source.DEEZER, Source.LASTFM, Source.MUSICBRAINZ):
        assert made[source].look_up(min(made[source].kinds), wanted) == {}
    assert server.paths == [
        "/recco/v1/audio-features",
        "/dee/track/isrc:GBARL9300135",
        "/last/2.0/",
        "/brainz/ws/2/isrc/GBARL9300135",
    ]


def test_only_lastfm_can_be_off() -> None:
    def off(**changes: str) -> list[Source]:
        return [
            source for source, provider in providers(load(**changes)).items() if provider.why_off
        ]

    assert off() == [Source.LASTFM]
    assert off(lastfm_key="key") == []


def test_a_catalogue_that_cannot_be_used_is_told(tmp_path) -> None:
    with pytest.raises(SettingsError):
        providers(load(catalogue_file=tmp_path / "none.csv"))


@pytest.mark.parametrize("kind", Kind)
def test_a_finding_that_says_nothing_answers_nothing(kind: Kind) -> None:
    assert not answers(Finding("own id"), kind)
