"""Playlists on the queue: waited for, killed in the middle, and whole in the end."""

from collections.abc import Iterator

import pytest

from tests.jobs.conftest import ada, saved
from tests.jobs.workers import eventually, started
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.jobs import queue, worker, workflows
from ttt.jobs.queue import State
from ttt.providers.values.catalogue import Catalogue
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.playlists import own as own_playlists
from ttt.services.playlists import playlists
from ttt.services.playlists.playlists import Sent

TRACKS = 250
# Of a process each, counted from 1: making the playlist; after a look, the second hundred;
# after a look, the last fifty.
KILLED_AT = (1, 3, 2)


@pytest.fixture
def spotify(context: Context) -> Iterator[DemoSpotify]:
    """Ada's Spotify, which is the demo."""
    saved(context, 0)
    with DemoSpotify.served(context, context.now) as demo:
        connect_demo(context, ada(context))
        demo.asked.clear()
        yield demo


def send(context: Context, count: int) -> tuple[Sent, list[str]]:
    found = Catalogue.load(context.settings.catalogue_file).search("a", count)
    uris = [track.uri for track in found]
    sent = playlists.send(context, ada(context), uris)
    queue.send_playlist(context, ada(context), sent)
    return sent, uris


def there(context: Context) -> list[list[str]]:
    own = [p for p in own_playlists.owned(context, ada(context)).playlists if p.name == "TTT_1"]
    found = [own_playlists.contents(context, ada(context), p.spotify_id) for p in own]
    return [[track.uri for track in contents.tracks] for contents in found]


def test_a_playlist_whose_process_is_killed_is_finished_by_the_next_and_not_doubled(
    context: Context, spotify: DemoSpotify
) -> None:
    sent, uris = send(context, TRACKS)
    for request in KILLED_AT:
        spotify.hold(request)
        with started(context.settings) as process:
            spotify.wait_until_held()
            process.kill()
            process.join()
        spotify.let_go()
        assert queue.is_sending(context, sent)
    with started(context.settings):
        eventually(lambda: not queue.is_sending(context, sent))
    (done,) = playlists.history(context, ada(context))
    assert done.state is playlists.State.DONE
    assert there(context) == [uris]


def test_a_refusal_fails_the_job_with_its_reason_and_can_be_resumed(
    on_sqlite: Context,
) -> None:
    context = on_sqlite
    saved(context, 0)
    with DemoSpotify.served(context, context.now) as spotify, worker.working(context):
        connect_demo(context, ada(context))
        spotify.spoil("not_allowed")
        sent, uris = send(context, 3)
        eventually(lambda: not queue.is_sending(context, sent))
        (job,) = queue.listed(context, accounts.operator(context))
        assert (job.name, job.about, job.state) == (workflows.SEND, "ada", State.FAILED)
        assert (job.error or "").startswith("Spotify says that your account is not on")
        spotify.mend()
        again = playlists.resume(context, ada(context), sent.id)
        queue.send_playlist(context, ada(context), again)
        eventually(lambda: not queue.is_sending(context, again))
        assert there(context) == [uris]


def test_a_wait_does_not_end_the_job(on_sqlite: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    context = on_sqlite
    saved(context, 0)
    with DemoSpotify.served(context, context.now) as spotify, worker.working(context):
        connect_demo(context, ada(context))
        spotify.spoil("quota_exceeded", times=1)
        sent, _ = send(context, 3)
        eventually(lambda: playlists.find(context, ada(context), sent.id).wait_until)
        assert queue.is_sending(context, sent)
        assert spotify.asked[-1] == "/v1/me/playlists"
