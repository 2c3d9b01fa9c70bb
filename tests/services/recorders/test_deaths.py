"""A process that records dies at any commit of a round: the next round makes it good."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import delete, select

from tests.services.conftest import Clock, add_person
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.surroundings.deaths import died_at_each
from ttt.models import Play, PlayChange, PlayGap, PlayPage, Recorder, Track
from ttt.plays import Counts, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.deriving import deriving
from ttt.services.recorders import recording
from ttt.services.recorders.players import submitting
from ttt.services.recorders.players.listens import Submission
from ttt.services.recorders.players.tokens import Sender
from ttt.store.plays.derived import changes

HOURS_AWAY = 240
"""So long that more was played meanwhile than Spotify's list holds."""


@pytest.fixture
def connected(anywhere: Context, clock: Clock) -> Iterator[Person]:
    """Somebody connected to the demo."""
    ada = add_person(anywhere, "ada")
    with DemoSpotify.served(anywhere, clock):
        connect_demo(anywhere, ada)
        yield ada


def kept(context: Context) -> tuple[list[Any], ...]:
    """Plays with their verdicts, gaps, what the recorder says, and what waits to be judged."""
    with context.session() as session:
        plays = session.exec(select(Play.told_at, Play.counts, Track.spotify_id).join(Track))
        gaps = session.exec(select(PlayGap.from_at, PlayGap.until_at, PlayGap.reason))
        # When it looks next is another time: the round that makes it good finds nothing new.
        recorders = session.exec(select(Recorder.plays, Recorder.newest_at, Recorder.error))
        pages = session.exec(select(PlayPage.year, PlayPage.plays).order_by(PlayPage.year))
        found = [sorted(map(tuple, rows)) for rows in (plays, gaps, recorders, pages)]
        return *found, changes.people(session)


def forget(context: Context) -> None:
    """Begin anew."""
    with context.session() as session:
        for model in (Play, PlayGap, PlayPage, PlayChange, Recorder):
            session.exec(delete(model))
        session.commit()


def test_a_round_that_dies_at_any_commit_is_made_good_by_the_next(
    anywhere: Context, connected: Person, clock: Clock
) -> None:
    first = clock.time

    def begin() -> None:
        forget(anywhere)
        clock.time = first
        look()
        clock.forward(hours=HOURS_AWAY)

    def look() -> None:
        recording.look(anywhere, recording.of(anywhere, connected), at_once=True)
        deriving.derive(anywhere, connected.id)

    begin()
    look()
    expected = kept(anywhere)
    assert len(expected[0]) == 100
    assert len(expected[1]) == 1
    assert {counts for _, counts, _ in expected[0]} == {Counts.PLAY}

    begin()
    deaths = []
    for at in died_at_each(anywhere.engine, lambda _: look()):
        look()
        assert kept(anywhere) == expected, at
        deaths.append(at)
        begin()
    assert len(deaths) >= 2


def test_what_a_player_sends_is_kept_and_judged_wherever_a_process_dies(
    anywhere: Context, clock: Clock
) -> None:
    ada = add_person(anywhere, "ada")
    at = int(clock.time.timestamp()) - 86_400
    plays = tuple(ToldPlay(at + 300 * n, f"Song {n}", ("Band",), ms=200_000) for n in range(5))
    sent = Submission("import", plays)
    who = Sender(ada, 1)

    def send() -> None:
        submitting.submit(anywhere, who, sent)
        deriving.derive(anywhere, ada.id)

    send()
    expected = kept(anywhere)
    assert [counts for _, counts, _ in expected[0]] == [Counts.PLAY] * 5
    forget(anywhere)
    deaths = []
    for dead in died_at_each(anywhere.engine, lambda _: send()):
        send()  # players send again what was not answered
        assert kept(anywhere) == expected, dead
        deaths.append(dead)
        forget(anywhere)
    assert len(deaths) == 2
