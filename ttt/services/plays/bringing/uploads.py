"""Files with plays on their way in: a piece after the other, whatever happens in between."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound
from ttt.models import HistoryUpload
from ttt.services.context import Context
from ttt.services.person import Person, own
from ttt.store.plays import uploads
from ttt.text import one_line

PIECE = 1 << 20
"""Bytes of each piece but the last."""
_MEGABYTE = 1 << 20
_UNDER_WAY = 3


class State(StrEnum):
    """How far an upload is."""

    RECEIVING = "receiving"
    WAITING = "waiting"
    READING = "reading"
    ASKING = "asking"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"


HELD = (State.WAITING, State.READING, State.ASKING)
"""What is kept of these does not count yet."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as people see it.

    `received` of `size` bytes are here; `rows` are read of about `rows_expected`, of plays from
    `first_at` to `last_at`. `already_since` is when the very same file was brought before: then
    this is that upload. `counts` is what `receipt` makes a receipt of.
    """

    id: int
    name: str
    state: State
    size: int
    received: int
    question: str | None
    error: str | None
    format: str | None
    rows: int
    rows_expected: int | None
    first_at: datetime | None
    last_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    counts: dict[str, Any]
    run: int
    already_since: datetime | None = None

    @property
    def next_piece(self) -> int:
        """Number of the piece (from 0) that is missing."""
        return self.received // PIECE

    @property
    def is_here(self) -> bool:
        """Whether all of it was received."""
        return self.received == self.size


def begin(context: Context, person: Person, name: str, size: int) -> Upload:
    """Begin an upload, or go on with that of the same name and size.

    InvalidInput for what is empty or longer than TTT_HISTORY_MAX_MB, or when three are under way.
    """
    _require_size(size, context.settings.history_max_mb)
    name = one_line(name)[-200:] or "history"
    with context.session() as session:
        own(session, person)
        under_way = [u for u in uploads.of_user(session, person.id) if u.state == State.RECEIVING]
        for upload in under_way:
            if (upload.name, upload.size) == (name, size):
                return shown(upload)
        if len(under_way) >= _UNDER_WAY:
            raise InvalidInput("Three files are on their way already: let one of them finish.")
        upload = HistoryUpload(
            user_id=person.id,
            name=name,
            size=size,
            state=State.RECEIVING,
            created_at=context.now(),
        )
        session.add(upload)
        session.commit()
        return shown(upload)


def _require_size(size: int, most: int) -> None:
    """InvalidInput for an empty file, and for one of more megabytes than `most`."""
    if size < 1:
        raise InvalidInput("This file is empty: choose another one.")
    if size > most * _MEGABYTE:
        raise InvalidInput(f"This file is larger than the {most} MB that this server takes.")


def put(context: Context, person: Person, upload_id: int, number: int, data: bytes) -> Upload:
    """Keep a piece; one that is here already changes nothing.

    InvalidInput for a piece of another length than it has to have, or before its turn. After the
    last one the file waits to be read, unless the same one was brought before.
    """
    with context.session() as session:
        upload = _own(session, person, upload_id, lock=True)
        if upload.state != State.RECEIVING or number < upload.received // PIECE:
            return shown(upload)
        if number * PIECE != upload.received:
            raise InvalidInput("A piece of the file is missing: start the upload again.")
        if len(data) != min(PIECE, upload.size - upload.received):
            raise InvalidInput("A piece of the file was cut off: start the upload again.")
        uploads.add_part(session, upload, number, data)
        upload.received += len(data)
        before = _arrived(session, upload) if upload.received == upload.size else None
        session.commit()
        return shown(upload if before is None else before, before)


def find(context: Context, person: Person, upload_id: int) -> Upload:
    """One of the person's uploads; NotFound for one of somebody else's."""
    with context.session() as session:
        return shown(_own(session, person, upload_id))


def listed(context: Context, person: Person) -> list[Upload]:
    """The person's uploads, the newest first."""
    with context.session() as session:
        return [shown(upload) for upload in uploads.of_user(session, person.id)]


def drop(context: Context, person: Person, upload_id: int) -> None:
    """Stop an upload that is not here in full, and forget its pieces."""
    with context.session() as session:
        upload = _own(session, person, upload_id, lock=True)
        if upload.state == State.RECEIVING:
            session.delete(upload)
            session.commit()


class Pieces(io.RawIOBase):
    """An upload's bytes as a stream that can be read anywhere, a piece in memory at a time."""

    def __init__(self, context: Context, upload_id: int, size: int) -> None:
        self._context = context
        self._upload_id = upload_id
        self._size = size
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """Any place can be gone to."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the start, from here or from the end."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def tell(self) -> int:
        """The place it is at."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as one piece goes."""
        number, offset = divmod(self._at, PIECE)
        if self._held[0] != number:
            with self._context.session() as session:
                self._held = number, uploads.part(session, self._upload_id, number)
        found = self._held[1][offset : offset + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def opened(context: Context, upload: Upload) -> io.BufferedReader:
    """The bytes of an upload."""
    return io.BufferedReader(Pieces(context, upload.id, upload.size), PIECE)


def shown(upload: HistoryUpload, before: HistoryUpload | None = None) -> Upload:
    """An upload as people see it."""
    return Upload(
        upload.id,
        upload.name,
        State(upload.state),
        upload.size,
        upload.received,
        upload.question,
        upload.error,
        upload.format,
        upload.rows,
        upload.rows_expected,
        upload.first_at,
        upload.last_at,
        upload.created_at,
        upload.finished_at,
        upload.undone_at,
        dict(upload.counts),
        upload.runs,
        None if before is None else before.created_at,
    )


def _own(session: Session, person: Person, upload_id: int, *, lock: bool = False) -> HistoryUpload:
    upload = uploads.get(session, upload_id)
    if upload is None or upload.user_id != person.id:
        raise NotFound("import")
    return (uploads.lock(session, upload_id) if lock else None) or upload


def _arrived(session: Session, upload: HistoryUpload) -> HistoryUpload | None:
    """Let a whole file wait to be read; return the upload that brought the same one before."""
    digest, pieces = hashlib.sha256(), -(-upload.size // PIECE)
    for number in range(pieces):
        digest.update(uploads.part(session, upload.id, number))
    upload.sha256, upload.state = digest.hexdigest(), State.WAITING
    session.flush()
    before = uploads.same(session, upload, [*HELD, State.DONE])
    if before is not None:
        session.delete(upload)
    return before
