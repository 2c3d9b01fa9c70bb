"""Names that wait, on the queue: killed in the middle, and each answered in the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import delete

from tests.jobs.conftest import ada, saved
from tests.jobs.workers import eventually, started
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.jobs import queue, worker, workflows
from ttt.jobs.queue import State
from ttt.models import ListImport
from ttt.providers.clock import utc_now
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries, imports
from ttt.services.lists.imports import PastImport
from ttt.services.tables.receipt import Receipt

NAMES = 24
MEANT = "spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"


@pytest.fixture
def spotify(context: Context) -> Iterator[DemoSpotify]:
    """Ada's Spotify, which is the demo."""
    saved(context, 0)
    with DemoSpotify.served(context, context.now) as demo:
        connect_demo(context, ada(context))
        yield demo


def bring(context: Context, artist: str = "Nobody") -> Receipt:
    """A file of names that nobody knows."""
    rows = "".join(f"Nobody's song {n:02},{artist}\n" for n in range(NAMES))
    content = f"title,artist\n{rows}".encode()
    receipt = imports.take(context, ada(context), content, "names.csv")
    queue.look_up_names(context, ada(context), receipt)
    return receipt


def kept(context: Context) -> PastImport:
    (found,) = imports.listed(context, ada(context))
    return found


def test_names_whose_process_is_killed_are_answered_by_the_next(
    context: Context, spotify: DemoSpotify
) -> None:
    receipt = bring(context)
    assert len(receipt.waiting) == NAMES - 10
    spotify.hold(3)
    with started(context.settings) as process:
        spotify.wait_until_held()
        process.kill()
        process.join()
    spotify.let_go()
    assert kept(context).waiting == NAMES - 10
    with started(context.settings):
        eventually(lambda: not kept(context).waiting)
    assert (kept(context).rows, kept(context).refused_rows) == (NAMES, NAMES)
    assert entries.listed(context, ada(context)) == []


def test_the_job_is_named_and_done_once(on_sqlite: Context) -> None:
    context = on_sqlite
    saved(context, 0)
    with DemoSpotify.served(context, context.now), worker.working(context):
        connect_demo(context, ada(context))
        receipt = bring(context)
        queue.look_up_names(context, ada(context), receipt)
        eventually(lambda: not kept(context).waiting)
        operator = accounts.operator(context)
        eventually(lambda: queue.listed(context, operator)[0].state is State.DONE)
        (job,) = queue.listed(context, operator)
    assert (job.name, job.about) == (workflows.LOOK_UP_NAMES, "ada")


def test_names_of_an_import_with_the_id_of_a_deleted_one_are_looked_up(on_sqlite: Context) -> None:
    context = on_sqlite
    saved(context, 0)
    with DemoSpotify.served(context, context.now), worker.working(context):
        connect_demo(context, ada(context))
        first = bring(context)
        eventually(lambda: not kept(context).waiting)
        with context.session() as session:
            session.exec(delete(ListImport))
            session.commit()
        later = replace(context, now=lambda: utc_now() + timedelta(seconds=2))
        assert bring(later, "Nobody else").import_id == first.import_id
        eventually(lambda: not kept(context).waiting)


def test_nothing_is_queued_where_nothing_waits(on_sqlite: Context) -> None:
    saved(on_sqlite, 0)
    content = f"uri\n{MEANT}\n".encode()
    receipt = imports.take(on_sqlite, ada(on_sqlite), content, "uris.csv")
    queue.look_up_names(on_sqlite, ada(on_sqlite), receipt)
    assert queue.listed(on_sqlite, accounts.operator(on_sqlite)) == []
