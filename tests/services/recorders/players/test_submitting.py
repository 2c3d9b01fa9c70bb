"""What plays now is known for as long as it may play."""

from datetime import timedelta

import pytest

from tests.services.conftest import Clock
from ttt.errors import TooManyTries
from ttt.plays import ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders.players import submitting, tokens
from ttt.services.recorders.players.listens import Submission


@pytest.mark.parametrize(
    ("length", "lasts"),
    [
        (200_000, timedelta(seconds=200)),
        (None, timedelta(minutes=10)),
        (7_200_000, timedelta(hours=1)),
    ],
)
def test_it_lasts_as_long_as_the_track_ten_minutes_without_a_length_and_an_hour_at_most(
    context: Context, ada: Person, clock: Clock, length: int | None, lasts: timedelta
) -> None:
    who = submitting.sender(context, tokens.make(context, ada, "Player").token, None)
    assert who is not None
    play = ToldPlay(0, "Song", ("Band", "Guest"), duration_ms=length)
    submitting.submit(context, who, Submission("playing_now", (play,)))

    clock.time += lasts - timedelta(seconds=1)
    playing = tokens.playing(context, ada)
    assert playing is not None
    assert (playing.title, playing.artist, playing.by) == ("Song", "Band, Guest", "Player")
    clock.time += timedelta(seconds=1)
    assert tokens.playing(context, ada) is None


def test_wrong_tokens_from_an_address_are_tries_and_right_ones_are_not(
    context: Context, ada: Person
) -> None:
    token = tokens.make(context, ada, "Player").token
    for _ in range(30):
        assert submitting.sender(context, token, "192.0.2.7") is not None
    for number in range(21):
        assert submitting.sender(context, f"wrong {number}", "192.0.2.7") is None

    with pytest.raises(TooManyTries):
        submitting.sender(context, "wrong again", "192.0.2.7")
