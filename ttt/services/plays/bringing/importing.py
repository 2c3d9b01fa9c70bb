"""Imports an upload: what is in it, its files one after the other, then what of it counts.

Every function can be called again after a process was killed in the middle of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict, Unpack
from zoneinfo import available_timezones

from sqlmodel import Session

from ttt.errors import HistoryRefused, InvalidInput, NotFound
from ttt.models import HistoryUpload
from ttt.providers.history_files import Column, Order, Question, Reading
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.person import Person
from ttt.services.plays import gaps, identities, undoing
from ttt.services.plays.bringing import reading, receipt, uploads
from ttt.services.plays.bringing.reading import Held
from ttt.services.plays.bringing.uploads import State, Upload
from ttt.services.plays.deriving import deriving, memory
from ttt.services.plays.judging import stretches
from ttt.store.plays import told
from ttt.store.plays import uploads as stored


class Asked(StrEnum):
    """What the person has to say before an import goes on."""

    ZONE = "zone"
    COLUMNS = "columns"
    WHOSE = "whose"
    DATES = "dates"
    OWNER = "owner"
    """The history looks like another account's."""


_ORDER = (Question.WHOSE, Question.COLUMNS, Question.DATES, Question.ZONE)


def run(context: Context, upload_id: int) -> None:
    """Import an upload from its beginning to its end, or to a question."""
    held = Held()
    for number in range(plan(context, upload_id)):
        if not read(context, upload_id, number, held):
            return
    held.forget()
    finish(context, upload_id)


def plan(context: Context, upload_id: int) -> int:
    """Look what is in an upload; return how many files of it are to be read, 0 for none yet."""
    return reading.patiently(lambda: _plan(context, upload_id))


def read(context: Context, upload_id: int, number: int, held: Held | None = None) -> bool:
    """Take in one of its files; False when that showed that none of it can be taken."""
    try:
        reading.read_member(context, upload_id, number, held)
    except HistoryRefused as error:
        why = error
    else:
        return True
    reading.patiently(lambda: _refuse(context, upload_id, why))
    return False


def finish(context: Context, upload_id: int) -> None:
    """Judge what was taken in, write its receipt, and close gaps; or ask whose history it is."""
    memory.give_back()
    reading.patiently(lambda: _judge(context, upload_id))


class Answers(TypedDict, total=False):
    """The zone of times, what columns hold, which folders and whether all is one's own, and what
    stands first in dates."""

    zone: str | None
    columns: Mapping[str, str] | None
    folders: Sequence[str]
    mine: bool
    order: str | None


def answer(context: Context, person: Person, upload_id: int, **said: Unpack[Answers]) -> Upload:
    """Answer what an import asks, so that it can go on; InvalidInput for what is no answer."""
    zone = said.get("zone")
    if zone is not None and zone not in available_timezones():
        raise InvalidInput("There is no such time zone: choose one such as Europe/Berlin.")
    with context.session() as session:
        upload = _asking(session, person, upload_id)
        upload.options = upload.options | {name: value for name, value in _kept(said) if value}
        upload.zone = zone or upload.zone
        upload.state = State.READING if upload.question == Asked.OWNER else State.WAITING
        upload.question = None
        upload.runs += 1
        session.commit()
        return uploads.shown(upload)


def _kept(said: Answers) -> list[tuple[str, Any]]:
    order, columns = said.get("order"), (said.get("columns") or {}).items()
    return [
        ("columns", {name: Column(of).value for name, of in columns}),
        ("folders", list(said.get("folders", ()))),
        ("mine", said.get("mine", False)),
        ("order", order and Order(order).value),
    ]


def undo(context: Context, person: Person, upload_id: int) -> Upload:
    """Take an upload back at any time: its plays go, what it hid or closed comes back."""
    uploads.find(context, person, upload_id)
    with context.session() as session:
        upload = _held(session, person.id, upload_id)
        if upload is None:
            raise NotFound("import")
        if upload.state != State.UNDONE:
            upload.state, upload.question = State.UNDONE, None
            upload.undone_at = context.now()
            stored.forget_parts(session, upload_id)
            gaps.reopen(session, upload)
        undoing.take_back(session, person.id, upload_id)
        session.commit()
    undoing.settle(context, person.id)
    return uploads.find(context, person, upload_id)


def in_file(context: Context, person: Person, upload_id: int) -> Reading:
    """What is in an upload, to ask about it: its folders, the columns of its table."""
    uploads.find(context, person, upload_id)
    with context.session() as session:
        upload = stored.get(session, upload_id)
    if upload is None:
        raise NotFound("import")
    return reading.opened(context, upload)


def _asking(session: Session, person: Person, upload_id: int) -> HistoryUpload:
    upload = stored.lock(session, upload_id)
    if upload is None or upload.user_id != person.id:
        raise NotFound("import")
    if upload.state != State.ASKING:
        raise InvalidInput("This import asks nothing any more: reload the page.")
    return upload


def _plan(context: Context, upload_id: int) -> int:
    with context.session() as session:
        upload = stored.lock(session, upload_id)
        if upload is None or upload.state not in {State.WAITING, State.READING}:
            return 0
        try:
            found = reading.opened(context, upload)
        except HistoryRefused as error:
            session.rollback()
            _refuse(context, upload_id, error)
            return 0
        upload.format, upload.source = found.format.label, int(found.format.source)
        question = next((q for q in _ORDER if q in found.questions), None)
        if question is not None:
            upload.state, upload.question = State.ASKING, Asked(question.value)
            session.commit()
            return 0
        upload.state = State.READING
        upload.options = upload.options | {"blocks": _blocks(found, upload)}
        stored.set_members(session, upload_id, [part.name for part in found.parts])
        session.commit()
        return len(found.parts)


def _blocks(found: Reading, upload: HistoryUpload) -> int:
    """About how many blocks there will be; what a zip says of itself is believed for this only."""
    entries = [part.member.entry for part in found.parts]
    # What gzip packed does not say how much it is: a history is about ten times as long.
    sizes = [upload.size if entry is None else entry.size or 10 * upload.size for entry in entries]
    return sum(-(-min(size, 1 << 30) // uploads.PIECE) for size in sizes)


def _refuse(context: Context, upload_id: int, error: HistoryRefused) -> None:
    """Keep nothing of it but why."""
    with context.session() as session:
        upload = stored.get(session, upload_id)
        user_id = upload.user_id if upload else 0
        upload = _held(session, user_id, upload_id)
        if upload is None or upload.state == State.UNDONE:
            return
        upload.state, upload.error = State.REFUSED, str(explain(error))[:300]
        upload.finished_at = context.now()
        stored.forget_parts(session, upload_id)
        stored.forget_members(session, upload_id)
        upload.rows, upload.rows_expected = 0, None
        undoing.take_back(session, user_id, upload_id)
        session.commit()
    undoing.settle(context, user_id)


def _held(session: Session, user_id: int, upload_id: int) -> HistoryUpload | None:
    """An upload whose plays nobody else changes before this transaction ends."""
    # The person first, as whoever reads the upload does, or the two wait for each other.
    told.touch(session, user_id)
    return stored.lock(session, upload_id)


def _judge(context: Context, upload_id: int) -> None:
    with context.session() as session:
        upload = stored.get(session, upload_id)
        if upload is None or upload.state != State.READING:
            return
        span = told.span(session, upload.user_id, upload_id)
        is_mine = upload.options.get("mine", False)
        # A file of which others told all before changes nothing of what counts.
        is_news = told.is_any_of(session, upload.user_id, upload_id)
        joins = span is not None and identities.note(session, upload.user_id, upload_id, span)
        session.commit()
    if not is_mine and is_news and deriving.is_foreign(context, upload.user_id, upload_id):
        with context.session() as session:
            upload = stored.lock(session, upload_id)
            if upload is not None and upload.state == State.READING:
                upload.state, upload.question = State.ASKING, Asked.OWNER
                session.commit()
        return
    if not upload.rows:
        _refuse(context, upload_id, HistoryRefused("empty", upload.name))
        return
    if span and (is_news or joins):
        deriving.derive(context, upload.user_id, stretches.around(*span), ready=upload_id)
    _close(context, upload_id, span, context.now())


def _close(context: Context, upload_id: int, span: tuple[int, int] | None, now: datetime) -> None:
    with context.session() as session:
        upload = stored.lock(session, upload_id)
        if upload is None or upload.state != State.READING:
            return
        upload.counts = receipt.counted(session, upload)
        upload.rows_expected = upload.rows
        upload.state, upload.finished_at = State.DONE, now
        stored.forget_parts(session, upload_id)
        if span:
            gaps.close(session, upload, span)
        session.commit()
