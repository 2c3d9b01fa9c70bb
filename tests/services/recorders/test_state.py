"""What people are told of their recorders."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import connect
from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.services.spotify.several import FIRST
from ttt.models import Recorder
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders import following, recording, state


def test_a_followed_account_is_named_and_spotify_s_own_is_not(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    connect_demo(context, ada)
    recording.look(context, recording.of(context, ada))
    followed = following.follow(context, ada, following.LISTENBRAINZ, "ada_fm")

    told = [(one.id, one.name, one.account) for one in state.listed(context, ada)]
    spotifys = recording.of(context, ada)
    assert told == [(spotifys, "Spotify", ""), (followed, "ListenBrainz", "ada_fm")]


def test_who_is_connected_to_the_demo_gets_that_listener_s_history(
    context: Context, ada: Person, bob: Person, demo: DemoSpotify
) -> None:
    connect_demo(context, ada, "chiara")

    at = "/demo-spotify/my_spotify_data.zip?listener=chiara"
    assert state.demo_history_url(context, ada) == at
    assert state.demo_history_url(context, bob) is None


def test_who_is_connected_under_another_name_gets_none(context: Context, ada: Person) -> None:
    connect(context, ada)

    assert state.demo_history_url(context, ada) is None


@pytest.mark.usefixtures("demo")
def test_nobody_gets_made_up_plays_where_spotify_is_a_real_one(
    context: Context, ada: Person
) -> None:
    connect_demo(context, ada)
    real = context.settings.model_copy(update={"spotify_client_id": FIRST})

    assert state.demo_history_url(replace(context, settings=real), ada) is None


def test_how_far_a_past_is_read_is_told_of_followed_accounts_until_all_of_it_is(
    context: Context, ada: Person
) -> None:
    recording.of(context, ada)
    for name in ("whole", "half"):
        following.follow(context, ada, following.LISTENBRAINZ, name)
    then = context.now() - timedelta(days=9)
    with context.session() as session:
        for row in session.exec(select(Recorder)):
            row.oldest_at, row.past_is_read = then, row.account == "whole"
        session.commit()
    told = [(one.account, one.past_until) for one in state.listed(context, ada)]
    assert told == [("", None), ("whole", None), ("half", then)]
