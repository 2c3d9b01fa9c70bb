from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self

import pytest

from tests.services.conftest import Clock, connect
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.services.spotify.several import FIRST, SECOND, by_first, keep
from tests.surroundings.answering import song, spotify_id
from ttt.errors import (
    NotOnAllowList,
    PremiumNeeded,
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    ReconnectNeeded,
    SpotifyError,
    SpotifyForbidden,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.found import Finding, FoundFeatures, Kind, Source
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.values import enrich, limits, sources, spotify_features
from ttt.services.values.asked import Asked
from ttt.store.tracks import tracks

A = spotify_id(0)


class Features:
    """Spotify as its client shows it to an app that still gets features, and who asked."""

    def __init__(self) -> None:
        self.error: SpotifyError | None = None
        self.asked_by: list[str] = []

    def call(self, _context: Context, person: Person, request: Callable[[Self], Any]) -> Any:
        self.asked_by.append(person.username)
        return request(self)

    def audio_features(self, spotify_ids: Sequence[str]) -> dict[str, FoundFeatures]:
        if self.error is not None:
            raise self.error
        return dict.fromkeys(spotify_ids, FoundFeatures(energy=0.5))


@pytest.fixture
def features(monkeypatch: pytest.MonkeyPatch) -> Features:
    features = Features()
    monkeypatch.setattr(spotify, "call", features.call)
    return features


def test_features_come_by_the_persons_own_connection(
    context: Context, ada: Person, bob: Person, features: Features
) -> None:
    connect(context, ada)
    connect(context, bob)
    found = spotify_features.ask(context, [A], bob.id)
    assert found == {A: Finding(A, FoundFeatures(energy=0.5))}
    assert features.asked_by == ["bob"]


def test_who_is_not_connected_is_served_by_anybody_who_is(
    context: Context, ada: Person, bob: Person, features: Features
) -> None:
    assert not spotify_features.can_ask(context)
    connect(context, bob)
    assert spotify_features.can_ask(context)
    for user_id in (ada.id, None):
        spotify_features.ask(context, [A], user_id)
    assert features.asked_by == ["bob", "bob"]


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (SpotifyForbidden(), ProviderRefused),
        (PremiumNeeded(), ProviderRefused),
        (SpotifyUnavailable(), ProviderUnavailable),
        (UnexpectedAnswer(), ProviderNonsense),
        (ReconnectNeeded(), ProviderUnavailable),
        (NotOnAllowList(), ProviderUnavailable),
    ],
)
def test_what_spotify_says_is_told_as_of_a_provider(
    context: Context,
    ada: Person,
    features: Features,
    error: SpotifyError,
    meaning: type[ProviderError],
) -> None:
    connect(context, ada)
    features.error = error
    with pytest.raises(ProviderError) as caught:
        spotify_features.ask(context, [A], ada.id)
    assert type(caught.value) is meaning
    assert caught.value.source == Source.SPOTIFY


def test_a_limit_says_until_when(
    context: Context, ada: Person, features: Features, clock: Clock
) -> None:
    connect(context, ada)
    features.error = RateLimited(clock.time + timedelta(hours=1), quota=True)
    with pytest.raises(ProviderBlocked) as caught:
        spotify_features.ask(context, [A], ada.id)
    assert caught.value == ProviderBlocked(
        Source.SPOTIFY, clock.time + timedelta(hours=1), quota=True
    )


def test_without_any_connection_spotify_is_not_available(
    context: Context, features: Features
) -> None:
    with pytest.raises(ProviderUnavailable):
        spotify_features.ask(context, [A], None)


def test_one_403_switches_features_off_for_a_week(
    context: Context, ada: Person, demo: DemoSpotify, clock: Clock
) -> None:
    asking = context.settings.model_copy(update={"feature_providers": "spotify"})
    context = replace(context, settings=asking)
    connect_demo(context, ada)
    with context.session() as session:
        tracks.save(session, [song(0)], Source.SPOTIFY, context.now())
        session.commit()
    demo.asked.clear()

    def ask() -> Asked:
        return enrich.ask(context, Kind.FEATURES, Source.SPOTIFY, [A], ada.id)

    assert ask().trouble == "It does not serve us: closed to this app, or the key is wrong."
    clock.forward(days=7, seconds=-1)
    assert ask().blocked
    assert demo.asked == ["/v1/audio-features"]


def test_of_several_apps_one_that_is_not_to_be_left_alone_is_asked_by(
    context: Context, ada: Person, bob: Person, features: Features, clock: Clock
) -> None:
    first, second = by_first(context), by_first(context, spotify_client_id=SECOND)
    keep(context, SECOND)
    connect(first, ada)
    connect(second, bob)

    def asked_by(user_id: int | None) -> str:
        spotify_features.ask(first, [A], user_id)
        return features.asked_by[-1]

    def block(client_id: str) -> None:
        blocked = ProviderBlocked(Source.SPOTIFY, clock.time + timedelta(hours=1))
        with context.session() as session:
            limits.note_failure(first, session, f"spotify features:{client_id}", blocked)
            session.commit()

    assert (asked_by(None), asked_by(bob.id)) == ("ada", "bob")
    block(FIRST)
    assert (asked_by(None), asked_by(ada.id)) == ("bob", "bob")
    assert spotify_features.service(first) == f"spotify features:{SECOND}"
    block(SECOND)
    assert (asked_by(None), asked_by(bob.id)) == ("ada", "bob")


def test_spotify_is_asked_about_a_hundred_tracks_at_once(context: Context) -> None:
    assert sources.batch(context, Source.SPOTIFY) == 100
