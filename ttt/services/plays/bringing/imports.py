"""What a person brought: imports under way, past ones, and how far each is."""

from dataclasses import dataclass

from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import reading, uploads
from ttt.services.plays.bringing.receipt import Receipt
from ttt.services.plays.bringing.uploads import State, Upload
from ttt.store.plays import uploads as stored_uploads


@dataclass(frozen=True, slots=True)
class Import:
    """An upload with what became of it, None while that is not known."""

    upload: Upload
    receipt: Receipt | None

    @property
    def progress(self) -> str:
        """How far it is, in words: "142,000 of 200,515 rows, 2016 to 2021"."""
        upload = self.upload
        expected = f" of about {upload.rows_expected:,}" if upload.rows_expected else ""
        rows = f"{upload.rows:,}{expected} rows"
        if upload.first_at is None or upload.last_at is None:
            return rows
        first, last = upload.first_at.year, upload.last_at.year
        return f"{rows}, {first} to {last}" if first != last else f"{rows}, {first}"


@dataclass(frozen=True, slots=True)
class SoFar:
    """What is known of an import while it runs.

    `done` of `files` are read; of the rows read `plays` may count, the others are no music or
    could not be read. Which plays count is known only when all is read: then it is `matching`.
    """

    done: int
    files: int
    plays: int
    left_out: int
    refused: int

    @property
    def matching(self) -> bool:
        """Whether all is read, and only what counts is to be found out."""
        return 0 < self.files == self.done


@dataclass(frozen=True, slots=True)
class Overview:
    """`running` are on their way, being read or asking; `past` ended, whatever way."""

    running: tuple[Import, ...]
    past: tuple[Import, ...]


def overview(context: Context, person: Person) -> Overview:
    """All of the person's imports, the newest first."""
    every = [Import(u, _receipt(u)) for u in uploads.listed(context, person)]
    ended = {State.DONE, State.REFUSED, State.UNDONE}
    return Overview(
        tuple(one for one in every if one.upload.state not in ended),
        tuple(one for one in every if one.upload.state in ended),
    )


def has_any(context: Context, person: Person) -> bool:
    """Whether the person brought anything that counts, or is about to."""
    gone = {State.REFUSED, State.UNDONE}
    return any(upload.state not in gone for upload in uploads.listed(context, person))


def under_way(context: Context, person: Person) -> tuple[Import, ...]:
    """Imports that wait for their turn or are being read."""
    moving = {State.WAITING, State.READING}
    found = [upload for upload in uploads.listed(context, person) if upload.state in moving]
    return tuple(Import(upload, None) for upload in found)


def so_far(context: Context, person: Person, upload_id: int) -> SoFar:
    """How far one of the person's imports is, in files and rows."""
    uploads.find(context, person, upload_id)
    with context.session() as session:
        members = stored_uploads.members(session, upload_id)
    out = sum(sum(reading.left_out(member.counts).values()) for member in members)
    refused = sum(sum(reading.refused(member.counts).values()) for member in members)
    rows = sum(member.rows for member in members)
    done = sum(member.finished for member in members)
    return SoFar(done, len(members), rows - out - refused, out, refused)


def _receipt(upload: Upload) -> Receipt | None:
    return Receipt.of(upload.counts) if upload.counts else None
