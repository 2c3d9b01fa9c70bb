"""Files inside an upload are read some blocks at a time, each of them once."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from tests.cli.test_history import row
from tests.services.plays.bringing.test_importing import bring, imported
from tests.services.plays.conftest import play
from ttt.errors import NotFound, StoreAway
from ttt.models import UploadMember
from ttt.plays import PlaySource, RefusedRow, WhyRefused
from ttt.providers.history_files import Block
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, reading, uploads
from ttt.services.plays.bringing.receipt import refused_rows
from ttt.services.plays.bringing.uploads import State
from ttt.store.plays import uploads as stored


def row_by_row(blocks: Iterable[Block]) -> Iterator[tuple[int, list[Block]]]:
    place = 0
    for block in blocks:
        for kind, rows in enumerate(block):
            for one in rows:
                yield place, [Block(*([one] if n == kind else [] for n in range(3)))]  # type: ignore[list-item]
                place += 1


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block for each row, and each in a transaction of its own."""
    monkeypatch.setattr(reading, "_together", row_by_row)


def blocks(*rows: int) -> list[Block]:
    return [Block([play(n) for n in range(count)], [], []) for count in rows]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ((), []),
        ((1, 1), [(0, 2)]),
        ((1, 1, 1), [(0, 3)]),
        ((1, 1, 1, 1), [(0, 3), (3, 1)]),
        ((5, 1, 4, 1), [(0, 1), (1, 2), (3, 1)]),
        ((4, 1, 1), [(0, 2), (2, 1)]),
    ],
)
def test_three_blocks_or_five_rows_are_taken_together(
    rows: tuple[int, ...], places: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_TOGETHER", 3)
    monkeypatch.setattr(reading, "_ROWS_TOGETHER", 5)
    found = [(place, len(held)) for place, held in reading._together(blocks(*rows))]
    assert found == places


@pytest.mark.usefixtures("small_blocks")
def test_of_rows_that_cannot_be_read_some_are_kept_and_all_are_counted(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "REFUSED_KEPT", 3)
    rows = [row(n, ms=-1) for n in range(5)] + [row(30)]
    upload, found = imported(context, ada, "endsong_0.json", json.dumps(rows).encode())
    assert (found.rows, found.refused, found.added) == (6, 5, 1)
    assert [kept.row for kept in refused_rows(context, ada, upload.id)] == [1, 2, 3]


def test_of_a_row_that_cannot_be_read_the_first_300_letters_are_kept(
    context: Context, ada: Person
) -> None:
    upload = bring(context, ada, "endsong_0.json", json.dumps([row(4)]).encode())
    importing.plan(context, upload.id)
    lost = RefusedRow(1, WhyRefused.BAD_TIME, "x" * 301)
    with context.session() as session:
        member = stored.member(session, upload.id, 0)
        assert member is not None
        reading._keep_refused(session, member, Block([], [], [lost]))
        session.commit()
    assert [one.text for one in refused_rows(context, ada, upload.id)] == ["x" * 300]
    assert reading.REFUSED_KEPT == 10_000


@pytest.mark.usefixtures("small_blocks")
def test_an_upload_reaches_from_its_first_play_to_its_last(context: Context, ada: Person) -> None:
    rows = json.dumps([row(20, "b"), row(4), row(50, "c"), row(30, "d")]).encode()
    upload, _ = imported(context, ada, "endsong_0.json", rows)
    ends = [datetime(2024, 3, 30, 12, minute, tzinfo=UTC) for minute in (4, 50)]
    assert [upload.first_at, upload.last_at] == ends


@pytest.mark.usefixtures("small_blocks")
def test_a_file_that_somebody_else_reads_on_with_is_read_once(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(minute, "abcd"[minute // 10]) for minute in (4, 14, 24, 34)]
    upload = bring(context, ada, "endsong_0.json", json.dumps(rows).encode())
    importing.plan(context, upload.id)
    take, done = reading._take, []

    def both(*given: object) -> int:
        if not done:
            done.append(True)
            reading.read_member(context, upload.id, 0)
        return take(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_take", both)
    reading.read_member(context, upload.id, 0)
    reading.read_member(context, upload.id, 0)
    with context.session() as session:
        member = stored.member(session, upload.id, 0)
        assert member is not None
        assert (member.finished, member.rows) == (True, 4)
    assert uploads.find(context, ada, upload.id).rows == 4


@pytest.mark.usefixtures("small_blocks")
def test_a_file_is_gone_on_with_where_it_was_left(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(minute, "abcdef"[minute // 10]) for minute in range(4, 60, 5)]
    upload = bring(context, ada, "endsong_0.json", json.dumps(rows).encode())
    importing.plan(context, upload.id)
    take, taken = reading._take, [0]

    def dying(*given: object) -> int:
        taken[0] += 1
        if taken[0] == 5:
            raise KeyboardInterrupt
        return take(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_take", dying)
    with pytest.raises(KeyboardInterrupt):
        reading.read_member(context, upload.id, 0)
    with context.session() as session:
        member = stored.member(session, upload.id, 0)
        assert member is not None
        assert (member.finished, member.rows, member.blocks) == (False, 4, 4)
    reading.read_member(context, upload.id, 0)
    with context.session() as session:
        after = stored.member(session, upload.id, 0)
        assert after is not None
        assert (after.finished, after.rows, after.blocks) == (True, 12, 12)
    assert taken[0] == 13


def test_what_was_undone_meanwhile_takes_nothing_more(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = bring(context, ada, "endsong_0.json", json.dumps([row(4)]).encode())
    importing.plan(context, upload.id)
    take = reading._take

    def late(*given: object) -> int:
        importing.undo(context, ada, upload.id)
        return take(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_take", late)
    reading.read_member(context, upload.id, 0)
    assert not importing.read(context, upload.id, 0)
    found = uploads.find(context, ada, upload.id)
    assert (found.state, found.rows, found.error) == (State.UNDONE, 0, None)


@pytest.mark.parametrize("number", [1, 7])
def test_a_file_that_is_not_in_an_upload_is_not_found(
    context: Context, ada: Person, number: int
) -> None:
    upload = bring(context, ada, "endsong_0.json", json.dumps([row(4)]).encode())
    importing.plan(context, upload.id)
    with pytest.raises(NotFound):
        reading.read_member(context, upload.id, number)


def failing(times: int, error: Exception) -> Callable[[], str]:
    left = iter(range(times))

    def work() -> str:
        if next(left, None) is not None:
            raise error
        return "done"

    return work


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(reading.time, "sleep", found.append)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("error", [OperationalError("", {}, Exception()), StoreAway()])
def test_a_database_that_is_away_is_waited_for_two_minutes(
    error: Exception, pauses: list[float]
) -> None:
    assert reading.patiently(failing(119, error)) == "done"
    assert sum(pauses) == 119
    pauses.clear()
    with pytest.raises(type(error)):
        reading.patiently(failing(120, error))
    assert sum(pauses) == 119


def test_other_errors_are_not_waited_for(pauses: list[float]) -> None:
    with pytest.raises(ValueError, match="no"):
        reading.patiently(failing(1, ValueError("no")))
    assert pauses == []


def test_who_told_is_counted_where_it_is_another_than_the_files() -> None:
    told = [play(0), play(1, source=PlaySource.MALOJA), play(2, source=PlaySource.KOITO)]
    block = Block(told, [], [])
    of_history = reading._counted(block, PlaySource.KOITO)
    assert reading.told_by_others(of_history) == {"Maloja": 1}
    assert reading.told_by_others(reading._counted(block, PlaySource.OWN_TABLE)) == {}
    counts = {"left out: podcast": 2, "refused: bad time": 3, "double": 4}
    assert (reading.left_out(counts), reading.refused(counts)) == (
        {"podcast": 2},
        {"bad time": 3},
    )


def test_plays_are_taken_by_the_same_hand_until_it_is_forgotten(
    context: Context, ada: Person
) -> None:
    held = reading.Held()
    upload = bring(context, ada, "endsong_0.json", json.dumps([row(4)]).encode())
    with context.session() as session:
        kept = stored.get(session, upload.id)
    assert kept is not None
    first = held.taker(context, kept, PlaySource.MALOJA)
    assert held.taker(context, kept, PlaySource.MALOJA) is first
    part = held.part(context, kept, 0)
    assert held.part(context, kept, 0) is part
    held.forget()
    assert held.taker(context, kept, PlaySource.MALOJA) is not first
    assert held.part(context, kept, 0) is not part


def test_a_member_is_finished_by_whoever_read_its_last_block(context: Context, ada: Person) -> None:
    upload = bring(context, ada, "endsong_0.json", json.dumps([row(4)]).encode())
    importing.plan(context, upload.id)

    def finished() -> bool:
        with context.session() as session:
            found: UploadMember | None = stored.member(session, upload.id, 0)
            assert found is not None
            return found.finished

    reading._finish(context, upload.id, 0, 1)
    assert not finished()
    reading._finish(context, upload.id, 0, 0)
    assert finished()
