"""Working processes die, and others share the work: nothing is asked twice or half-stored."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from dbos import WorkflowStatus
from sqlalchemy import select

from tests.jobs.conftest import saved
from tests.jobs.workers import eventually, started
from tests.surroundings.answering import Services
from ttt.jobs import database, queue, workflows
from ttt.models import AudioFeatures, Lookup, Popularity, ReachValue, ServiceDay, Track
from ttt.services.context import Context
from ttt.store import locks

# ReccoBeats gets 10 requests for the features of 400 tracks, then Deezer gets 400, then
# ReccoBeats 10 for their popularity.
TRACKS = 400
KILLED_AT = (1, 5, 10, 11, 12, 100, 250, 410, 411, 420)
IN_FLIGHT = 5 * 40 + 5
TOGETHER, RECORDINGS = 1_000, 200
SECOND = 1_000

Asked = tuple[str, int]


def test_an_enrichment_that_is_killed_ten_times_asks_for_each_track_once(
    on_sqlite: Context, services: Services
) -> None:
    context = on_sqlite
    queue.start(context, None, saved(context, TRACKS), "job")
    in_flight: Counter[Asked] = Counter()
    for kills, request in enumerate(KILLED_AT):
        services.hold(request + kills)
        with started(context.settings) as process:
            in_flight.update(services.wait_until_held())
            process.kill()
            process.join()
        services.let_go()
        assert stored(context) == noted(context) == services.answered
    with started(context.settings):
        eventually(lambda: queue.find(context, "job").ended)

    assert queue.find(context, "job").state is queue.State.DONE
    assert len(in_flight) == IN_FLIGHT
    assert services.asked == Counter(everything(TRACKS)) + in_flight
    assert stored(context) == noted(context) == set(everything(TRACKS))
    assert calls(context) == {"reccobeats": 20 + 5, "deezer": 400 + 5}


def test_two_processes_share_a_queue_and_the_rate_of_its_service(
    on_postgresql: Context, services: Services
) -> None:
    # 25 requests to ReccoBeats at 9 a second, and 200 to Deezer, for those with an ISRC, at 50.
    rates = {"rates": "reccobeats=9,deezer=50"}
    context = replace(on_postgresql, settings=on_postgresql.settings.model_copy(update=rates))
    spotify_ids = saved(context, TOGETHER, recordings=RECORDINGS)
    with started(context.settings), started(context.settings):
        with locks.held(context.engine, "reccobeats"):
            queue.start(context, None, spotify_ids, "job")
            eventually(lambda: len(at_work(context)) == 2)
        eventually(lambda: queue.find(context, "job").ended)

    asked = Counter(everything(TOGETHER))
    assert services.asked == asked - Counter(("deezer", i) for i in range(RECORDINGS, TOGETHER))
    assert calls(context) == {"reccobeats": 25 + 25, "deezer": RECORDINGS}
    for name, portions in (("ask reccobeats", 3 + 3), ("ask deezer", 4)):
        starts = sorted(r.dequeued_at or 0 for r in requests(context) if r.queue_name == name)
        assert len(starts) == portions
        assert all(later - start >= SECOND for start, later in pairwise(starts))


def everything(tracks: int) -> list[Asked]:
    return [(what, i) for what in ("features", "deezer", "popularity") for i in range(tracks)]


def stored(context: Context) -> set[Asked]:
    """What values say was asked; of Deezer those tracks that have both tempo and rank."""
    with context.session() as session:
        features = set(session.execute(select(AudioFeatures.source, AudioFeatures.track_id)))
        popularity = set(session.execute(select(Popularity.track_id)).scalars())
        ranks = set(session.execute(select(ReachValue.track_id)).scalars())
    of = {s: {i for source, i in features if source == s} for s in ("reccobeats", "deezer")}
    assert of["deezer"] == ranks
    return named(context, features=of["reccobeats"], deezer=ranks, popularity=popularity)


def noted(context: Context) -> set[Asked]:
    """What look-ups say was asked."""
    with context.session() as session:
        found = select(Lookup.source, Lookup.kind, Lookup.track_id).where(Lookup.found)
        lookups = set(session.execute(found))
    of = {key: {i for *k, i in lookups if (*k,) == key} for key in {row[:2] for row in lookups}}
    assert of.get(("deezer", "features")) == of.get(("deezer", "popularity"))
    return named(
        context,
        features=of.get(("reccobeats", "features"), set()),
        deezer=of.get(("deezer", "features"), set()),
        popularity=of.get(("reccobeats", "popularity"), set()),
    )


def named(context: Context, **track_ids: set[int]) -> set[Asked]:
    with context.session() as session:
        numbers = {i: int(s) for i, s in session.execute(select(Track.id, Track.spotify_id))}
    return {(what, numbers[i]) for what, ids in track_ids.items() for i in ids}


def calls(context: Context) -> dict[str, int]:
    with context.session() as session:
        return dict(session.execute(select(ServiceDay.service, ServiceDay.calls)).all())


def requests(context: Context) -> list[WorkflowStatus]:
    client = database.client(context.settings.jobs_database)
    return client.list_workflows(name=workflows.ASK)


def at_work(context: Context) -> set[str | None]:
    """Names of the processes that are at work on requests."""
    return {p.executor_id for p in requests(context) if p.status == "PENDING"}
