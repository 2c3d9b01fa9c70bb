"""Tokens of players, on either database."""

from datetime import datetime, timedelta

import pytest

from tests.services.conftest import Clock, add_person
from ttt.errors import InvalidInput, NotAllowed, NotFound
from ttt.plays import ToldPlay
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.recorders import following, recording, state
from ttt.services.recorders.players import submitting, tokens
from ttt.services.recorders.players.listens import Submission

NOW = 1_795_348_800


def test_a_token_is_made_shown_by_its_beginning_and_revoked(
    anywhere: Context, clock: Clock
) -> None:
    ada, bob = add_person(anywhere, "ada"), add_person(anywhere, "bob")
    made = tokens.make(anywhere, ada, "  My \n phone ")
    tokens.make(anywhere, ada, "Navidrome")

    assert made.name == "My phone"
    assert made.token not in repr(made)
    assert tokens.listed(anywhere, ada)[0].begins == made.token[:8]
    assert tokens.listed(anywhere, bob) == []
    first = tokens.listed(anywhere, ada)[0]
    with pytest.raises(NotFound):
        tokens.revoke(anywhere, bob, first.id)
    tokens.revoke(anywhere, ada, first.id)
    assert [t.name for t in tokens.listed(anywhere, ada)] == ["Navidrome"]
    assert tokens.sender(anywhere, made.token) is None


def test_a_token_needs_a_name_and_nobody_has_endless_ones(context: Context) -> None:
    ada = add_person(context, "ada")
    with pytest.raises(InvalidInput):
        tokens.make(context, ada, " \n ")
    for number in range(20):
        tokens.make(context, ada, f"Player {number}")
    with pytest.raises(InvalidInput):
        tokens.make(context, ada, "One more")


def test_a_disabled_account_makes_no_token(context: Context) -> None:
    ada = add_person(context, "ada")
    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    with pytest.raises(NotAllowed):
        tokens.make(context, ada, "Player")


def test_what_is_sent_is_kept_and_what_plays_is_known_for_a_while(
    anywhere: Context, clock: Clock
) -> None:
    ada = add_person(anywhere, "ada")
    who = tokens.sender(anywhere, tokens.make(anywhere, ada, "Navidrome").token)
    assert who is not None
    play = ToldPlay(NOW - 60, "Song", ("Band", "Guest"), album="Album")

    told = submitting.submit(anywhere, who, Submission("single", (play,)))
    again = submitting.submit(anywhere, who, Submission("import", (play,)))
    assert submitting.submit(anywhere, who, Submission("playing_now", (play,))) is None

    assert told is not None
    assert told.new == 1
    assert again is None
    playing = tokens.playing(anywhere, ada)
    assert playing is not None
    assert (playing.artist, playing.album) == ("Band, Guest", "Album")
    clock.time += timedelta(minutes=11)
    assert tokens.playing(anywhere, ada) is None


def test_of_two_players_that_play_the_one_that_spoke_last_is_shown(
    anywhere: Context, clock: Clock
) -> None:
    ada = add_person(anywhere, "ada")
    phone = tokens.make(anywhere, ada, "Phone").token
    clock.forward(minutes=1)
    car = tokens.make(anywhere, ada, "Car").token
    for secret in (car, phone):
        clock.forward(minutes=1)
        who = tokens.sender(anywhere, secret)
        assert who is not None
        play = ToldPlay(NOW, "Song", ("Band",))
        submitting.submit(anywhere, who, Submission("playing_now", (play,)))

    playing = tokens.playing(anywhere, ada)
    assert playing is not None
    assert playing.by == "Phone"


def test_what_is_said_to_play_for_longer_than_anything_does_was_said_by_a_wrong_clock(
    context: Context,
) -> None:
    ada = add_person(context, "ada")
    who = tokens.sender(context, tokens.make(context, ada, "Player").token)
    assert who is not None
    for seconds, is_known in ((3_660, True), (3_661, False)):
        said = {"title": "Song", "artist": "Band"}
        tokens.set_playing(context, who, said, timedelta(seconds=seconds))
        assert (tokens.playing(context, ada) is not None) is is_known


def test_when_a_token_was_used_is_kept_to_the_minute(anywhere: Context, clock: Clock) -> None:
    ada = add_person(anywhere, "ada")
    token = tokens.make(anywhere, ada, "Player").token

    def used_at_when_sent_after(**wait: float) -> datetime | None:
        clock.forward(**wait)
        tokens.sender(anywhere, token)
        return tokens.listed(anywhere, ada)[0].used_at

    began = clock.time
    assert used_at_when_sent_after(seconds=0) == began
    assert used_at_when_sent_after(seconds=60) == began
    assert used_at_when_sent_after(seconds=1) == began + timedelta(seconds=61)
    # A clock that ran ahead by a minute is as good as right, and by more it was wrong.
    assert used_at_when_sent_after(minutes=-1) == began + timedelta(seconds=61)
    assert used_at_when_sent_after(seconds=-1) == clock.time


def test_recorders_are_kept_and_due_on_either_database(anywhere: Context, clock: Clock) -> None:
    ada = add_person(anywhere, "ada")
    followed = following.follow(anywhere, ada, following.LISTENBRAINZ, "ada_fm")
    recording.of(anywhere, ada)
    recording.turn_off(anywhere, ada)

    assert following.due(anywhere) == [(followed, ada.id)]
    assert recording.due(anywhere) == []
    assert [(r.name, r.on) for r in state.listed(anywhere, ada)] == [
        ("ListenBrainz", True),
        ("Spotify", False),
    ]
    following.unfollow(anywhere, ada, followed)
    assert [r.name for r in state.listed(anywhere, ada)] == ["Spotify"]
