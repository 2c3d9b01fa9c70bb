from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from tests.cli.test_history import row
from tests.ui.conftest import ListeningSpotify, Open, click, fill, words
from tests.ui.pages.test_imports_page import bring
from ttt.errors import UnexpectedAnswer
from ttt.jobs import queue
from ttt.models import Lookup
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.plays import heard
from ttt.services.spotify import connecting
from ttt.services.values import enrich, sources
from ttt.settings import Settings
from ttt.store.tracks import tracks
from ttt.store.values import values

WORRIED, FERRARI = "4h9wh7iOZ0GGn8QVp4RAOB", "4zN21mbAuaD0WqtmaTZZeP"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """ReccoBeats is asked, beside the demo Spotify."""
    return Settings(
        _env_file=None,
        data_dir=settings.data_dir,
        port=settings.port,
        feature_providers="reccobeats",
    )


class Queue(list[list[str]]):
    """What was put on the queue: the Spotify ids of each job."""

    def enrich(
        self, context: Context, user_id: int | None, spotify_ids: Sequence[str], name: str
    ) -> None:
        self.append(list(spotify_ids))


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> Queue:
    queued = Queue()
    monkeypatch.setattr(queue, "enrich", queued.enrich)
    return queued


def answer(context: Context, *spotify_ids: str) -> None:
    """Have ReccoBeats been asked about these tracks, in vain."""
    later = context.now().replace(year=2027)
    with context.session() as session:
        lookups = [
            Lookup(
                track_id=track_id,
                source="reccobeats",
                kind="features",
                found=False,
                asked_at=context.now(),
                ask_again_at=later,
            )
            for track_id in tracks.ids_of(session, spotify_ids).values()
        ]
        values.save_lookups(session, lookups)
        session.commit()


def test_a_refresh_has_its_tracks_looked_up(
    open_page: Open, adas_spotify: ListeningSpotify, queued: Queue
) -> None:
    open_page("top_tracks")
    (job,) = queued
    assert set(job) == set(list(adas_spotify.tracks)[:50])


def test_a_refresh_that_fails_has_nothing_looked_up(
    open_page: Open, adas_spotify: ListeningSpotify, queued: Queue
) -> None:
    adas_spotify.error = UnexpectedAnswer("api")
    open_page("top_tracks")
    assert queued == []


def test_what_is_added_is_looked_up_and_nothing_else(
    open_page: Open, context: Context, ada: Person, queued: Queue
) -> None:
    entries.add(context, ada, [WORRIED])
    app = open_page("trending")
    fill(app, {"Link, URI or ID": f"{WORRIED}\n{FERRARI}\nnonsense"})
    click(app, "Add")
    assert queued == [[FERRARI]]


def test_what_is_imported_is_looked_up(open_page: Open, queued: Queue) -> None:
    app = open_page("trending")
    content = f"uri\nspotify:track:{WORRIED}\nspotify:track:{FERRARI}\n"
    app.file_uploader[0].set_value(("list.csv", content.encode(), "text/csv"))
    click(app, "Import")
    assert queued == [[WORRIED, FERRARI]]


def test_many_tracks_are_looked_up_in_several_jobs(
    open_page: Open, context: Context, ada: Person, queued: Queue
) -> None:
    app = open_page("trending")
    ids = [f"{n:022}" for n in range(1_001)]
    content = "\n".join(["uri", *ids])
    app.file_uploader[0].set_value(("list.csv", content.encode(), "text/csv"))
    click(app, "Import")
    assert [len(job) for job in queued] == [500, 500, 1]
    assert {spotify_id for job in queued for spotify_id in job} == set(ids)


def test_after_connecting_what_is_saved_is_looked_up_again(
    open_page: Open,
    app: AppTest,
    context: Context,
    ada: Person,
    queued: Queue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries.add(context, ada, [WORRIED])
    monkeypatch.setattr(connecting, "finish", lambda *_: "/spotify")
    app.query_params["code"], app.query_params["state"] = "code", "state"
    open_page("spotify")
    assert queued == [[WORRIED]]


@pytest.mark.parametrize("name", ["top_tracks", "trending"])
def test_a_list_says_how_far_its_look_ups_are(
    open_page: Open, context: Context, ada: Person, adas_spotify: ListeningSpotify, name: str
) -> None:
    entries.add(context, ada, list(adas_spotify.tracks)[:50])
    answer(context, *list(adas_spotify.tracks)[:32])
    app = open_page(name)
    assert not app.exception
    assert "32 of 50 tracks looked up, 18 on the way" in words(app)


def test_when_all_are_looked_up_nothing_is_said_and_nobody_counts_again(
    open_page: Open, context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries.add(context, ada, [WORRIED])
    answer(context, WORRIED)
    app = open_page("trending")
    assert "looked up" not in words(app)
    monkeypatch.setattr(enrich, "progress", lambda *_: pytest.fail("counted again"))
    app.run()
    assert not app.exception


def test_a_new_track_is_waited_for_again(open_page: Open, context: Context, ada: Person) -> None:
    entries.add(context, ada, [WORRIED])
    answer(context, WORRIED)
    app = open_page("trending")
    entries.add(context, ada, [FERRARI])
    assert "1 of 2 tracks looked up, 1 on the way" in words(app.run())


def test_with_nobody_to_ask_nothing_is_queued_and_nothing_said(
    open_page: Open, queued: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "plan", lambda _context: [])
    app = open_page("trending")
    fill(app, {"Link, URI or ID": WORRIED})
    click(app, "Add")
    assert queued == []
    assert "looked up" not in words(app)


def test_imports_say_how_far_the_values_of_what_was_heard_are(
    open_page: Open, context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracks_heard = [
        row(4 * n, master_metadata_track_name=f"Song {n}", spotify_track_uri=f"spotify:track:{i}")
        for n, i in enumerate(["x" * 22, "y" * 22, "z" * 22], 1)
    ]
    bring(context, ada, tracks_heard)
    answer(context, "x" * 22)
    app = open_page("imports")
    assert not app.exception
    assert "1 of the 3 tracks you heard most are looked up, 2 on the way." in words(app)
    answer(context, "y" * 22, "z" * 22)
    assert "on the way" not in words(app.run())
    monkeypatch.setattr(heard, "progress", lambda *_: pytest.fail("counted again"))
    app.run()
    assert not app.exception
