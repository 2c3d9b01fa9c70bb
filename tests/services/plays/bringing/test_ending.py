"""How imports end: done, refused, undone, and what each leaves behind."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from tests.cli.test_history import row
from tests.services.plays.bringing.test_importing import bring, imported, titles
from tests.services.plays.conftest import take
from ttt.errors import HistoryRefused, InvalidInput, NotFound
from ttt.models import PlayGap, UploadPart
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import gaps
from ttt.services.plays.bringing import checking, importing, imports, uploads
from ttt.services.plays.bringing.imports import Import
from ttt.services.plays.bringing.uploads import State
from ttt.services.plays.frame import loading
from ttt.services.plays.taking import RECORDED
from ttt.store.plays import uploads as stored

DAY = datetime(2024, 3, 30, tzinfo=UTC)
NAME = "endsong_0.json"


def history(*rows: tuple[int, str]) -> bytes:
    return json.dumps([row(minute, track) for minute, track in rows]).encode()


def add_gaps(context: Context, person: Person) -> None:
    """One that the history covers, one that it does not, and one of another source."""
    gap = {"user_id": person.id, "reason": "off"}
    inside = {
        "from_at": DAY.replace(hour=12, minute=10),
        "until_at": DAY.replace(hour=12, minute=40),
    }
    later = {"from_at": DAY + timedelta(days=1), "until_at": DAY + timedelta(days=2)}
    with context.session() as session:
        session.add(PlayGap(source=PlaySource.SPOTIFY_RECENT, **gap, **inside))
        session.add(PlayGap(source=PlaySource.LASTFM, **gap, **inside))
        session.add(PlayGap(source=PlaySource.SPOTIFY_RECENT, **gap, **later))
        session.commit()


def closed(context: Context, person: Person) -> list[bool]:
    return [gap.is_closed for gap in gaps.listed(context, person)]


def test_an_import_closes_the_gaps_of_its_source_that_it_covers_until_it_is_undone(
    context: Context, ada: Person, bob: Person
) -> None:
    add_gaps(context, ada)
    add_gaps(context, bob)
    upload, _ = imported(context, ada, NAME, history((4, "a"), (50, "b")))
    assert closed(context, ada) == [True, False, False]
    assert len(gaps.listed(context, ada, open_only=True)) == 2
    assert closed(context, bob) == [False, False, False]
    undone = importing.undo(context, ada, upload.id)
    assert (undone.state, undone.undone_at) == (State.UNDONE, context.now())
    assert closed(context, ada) == [False, False, False]
    assert titles(context, ada) == set()


def test_what_was_told_before_by_others_stays_when_an_import_is_undone(
    context: Context, ada: Person
) -> None:
    begin = int(DAY.replace(hour=12).timestamp())
    before = ToldPlay(begin + 40, "Song a", ("The Invented Few",))
    take(context, ada.id, [before], PlaySource.LASTFM, RECORDED)
    upload, found = imported(context, ada, NAME, history((4, "a"), (50, "b")))
    assert (found.added, counting(context, ada)) == (2, 2)
    importing.undo(context, ada, upload.id)
    importing.undo(context, ada, upload.id)
    assert (titles(context, ada), counting(context, ada)) == ({"Song a"}, 1)


def counting(context: Context, person: Person) -> int:
    return len(loading.load(context, person).plays())


def pieces(context: Context, person: Person) -> int:
    with context.session() as session:
        mine = select(func.count()).where(UploadPart.user_id == person.id)
        return session.exec(mine).one()


def test_what_is_refused_keeps_nothing_but_why(context: Context, ada: Person, bob: Person) -> None:
    waiting = bring(context, bob, NAME, history((4, "a")))
    upload = bring(context, ada, NAME, history((4, "a"), (50, "b")))
    importing.plan(context, upload.id)
    importing.read(context, upload.id, 0)
    importing._refuse(context, upload.id, HistoryRefused("empty", "x" * 400))
    found = uploads.find(context, ada, upload.id)
    assert (found.state, found.rows, found.rows_expected) == (State.REFUSED, 0, None)
    assert found.finished_at == context.now()
    assert found.error is not None
    assert len(found.error) == 300
    assert (pieces(context, ada), pieces(context, bob)) == (0, 1)
    with context.session() as session:
        assert stored.members(session, upload.id) == []
    assert titles(context, ada) == set()
    assert uploads.find(context, bob, waiting.id).state is State.WAITING


def test_an_import_that_is_done_keeps_no_piece_of_its_file(context: Context, ada: Person) -> None:
    upload, _ = imported(context, ada, NAME, history((4, "a"), (50, "b")))
    assert pieces(context, ada) == 0
    assert (upload.finished_at, upload.rows_expected) == (context.now(), 2)


def test_a_question_is_answered_once_by_its_owner_with_a_zone_that_there_is(
    context: Context, ada: Person, bob: Person
) -> None:
    log = "#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\nBand\tAlbum\tSong\t1\t200\tL\t1700000000\t\n"
    upload, _ = imported(context, ada, "scrobbler.log", log.encode())
    assert (upload.state, upload.question) == (State.ASKING, importing.Asked.ZONE)
    with pytest.raises(NotFound):
        importing.answer(context, bob, upload.id, zone="Europe/Berlin")
    with pytest.raises(InvalidInput, match="no such time zone"):
        importing.answer(context, ada, upload.id, zone="Europe/Atlantis")
    run = upload.run
    answered = importing.answer(context, ada, upload.id, zone="Europe/Berlin", mine=True)
    assert (answered.state, answered.question, answered.run) == (State.WAITING, None, run + 1)
    with pytest.raises(InvalidInput, match="asks nothing any more"):
        importing.answer(context, ada, upload.id, zone="Europe/Paris")
    with context.session() as session:
        kept = stored.get(session, upload.id)
    assert kept is not None
    assert (kept.zone, kept.options) == ("Europe/Berlin", {"mine": True})


def test_what_is_in_an_upload_is_told_to_its_owner_alone(
    context: Context, ada: Person, bob: Person
) -> None:
    upload = bring(context, ada, NAME, history((4, "a")))
    assert [part.name for part in importing.in_file(context, ada, upload.id).parts] == [NAME]
    for ask in (importing.in_file, importing.undo, imports.so_far):
        with pytest.raises(NotFound):
            ask(context, bob, upload.id)


@pytest.mark.parametrize(
    ("state", "running", "moving", "counts"),
    [
        (State.RECEIVING, True, False, True),
        (State.WAITING, True, True, True),
        (State.READING, True, True, True),
        (State.ASKING, True, False, True),
        (State.DONE, False, False, True),
        (State.REFUSED, False, False, False),
        (State.UNDONE, False, False, False),
    ],
)
def test_imports_are_under_way_or_past_by_their_state(
    context: Context,
    ada: Person,
    bob: Person,
    state: State,
    running: bool,
    moving: bool,
    counts: bool,
) -> None:
    upload = bring(context, ada, NAME, history((4, "a")))
    assert not imports.has_any(context, bob)
    with context.session() as session:
        kept = stored.get(session, upload.id)
        assert kept is not None
        kept.state = state
        session.commit()
    seen = imports.overview(context, ada)
    assert [one.upload.id for one in (seen.running if running else seen.past)] == [upload.id]
    assert [len(seen.running), len(seen.past)] == [int(running), int(not running)]
    assert len(imports.under_way(context, ada)) == int(moving)
    assert imports.has_any(context, ada) is counts


@pytest.mark.parametrize(
    ("rows", "expected", "first", "last", "words"),
    [
        (1_234, None, None, None, "1,234 rows"),
        (1_234, 5_678, None, 2021, "1,234 of about 5,678 rows"),
        (1_234, 5_678, 2016, None, "1,234 of about 5,678 rows"),
        (1_234, 5_678, 2016, 2021, "1,234 of about 5,678 rows, 2016 to 2021"),
        (1_234, None, 2016, 2016, "1,234 rows, 2016"),
    ],
)
def test_how_far_an_import_is_is_said_in_words(
    context: Context,
    ada: Person,
    rows: int,
    expected: int | None,
    first: int | None,
    last: int | None,
    words: str,
) -> None:
    upload = bring(context, ada, NAME, history((4, "a")))
    with context.session() as session:
        kept = stored.get(session, upload.id)
        assert kept is not None
        kept.rows, kept.rows_expected = rows, expected
        kept.first_at = first and datetime(first, 5, 1, tzinfo=UTC)
        kept.last_at = last and datetime(last, 5, 1, tzinfo=UTC)
        session.commit()
    assert Import(uploads.find(context, ada, upload.id), None).progress == words


def test_what_is_checked_leaves_no_folder_and_no_database(context: Context) -> None:
    with checking.nowhere(context.settings) as (other, somebody):
        folder = other.settings.data_dir
        assert folder.is_dir()
        assert folder != context.settings.data_dir
        _, found = imported(other, somebody, NAME, history((4, "a")))
        assert found.added == 1
    assert not folder.exists()


@pytest.mark.parametrize("state", [State.UNDONE, State.REFUSED, State.DONE])
@pytest.mark.parametrize("meanwhile", ["derive", "is_foreign"])
def test_what_ended_while_it_was_judged_stays_as_it_ended(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch, meanwhile: str, state: State
) -> None:
    upload = bring(context, ada, NAME, history((4, "a")))
    importing.plan(context, upload.id)
    importing.read(context, upload.id, 0)

    def ended(*_: object, **__: object) -> bool:
        with context.session() as session:
            kept = stored.get(session, upload.id)
            assert kept is not None
            kept.state = state
            session.commit()
        return meanwhile == "is_foreign"

    monkeypatch.setattr(importing.deriving, meanwhile, ended)
    importing.finish(context, upload.id)
    found = uploads.find(context, ada, upload.id)
    assert (found.state, found.question, found.finished_at) == (state, None, None)
    assert found.counts == {}


def test_of_an_upload_that_is_gone_nothing_is_done(context: Context) -> None:
    importing.finish(context, 7)
    importing._close(context, 7, None, context.now())
    importing._refuse(context, 7, HistoryRefused("empty", "x"))
    assert importing.plan(context, 7) == 0
