"""Everything that the page of imports shows, in one plain answer."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ttt.models import Recorder
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import gaps, reading, uploads
from ttt.services.plays.deriving import pages
from ttt.services.plays.gaps import Gap
from ttt.services.plays.receipt import Receipt
from ttt.services.plays.uploads import State, Upload
from ttt.store.plays import recorders
from ttt.store.plays import uploads as stored_uploads
from ttt.store.plays.derived import pages as stored


@dataclass(frozen=True, slots=True)
class Lane:
    """Plays that count by one source, by year (UTC); of all years together in `plays`."""

    source: PlaySource
    years: dict[int, int]

    @property
    def plays(self) -> int:
        """Plays of all years."""
        return sum(self.years.values())


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
class Recording:
    """What records: its kind, the account, since when, the newest play, and what is wrong."""

    id: int
    kind: str
    account: str
    started_at: datetime
    newest_at: datetime | None
    next_at: datetime | None
    plays: int
    error: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`running` are on their way, being read or asking; `past` ended, whatever way."""

    lanes: tuple[Lane, ...]
    gaps: tuple[Gap, ...]
    running: tuple[Import, ...]
    past: tuple[Import, ...]
    recorders: tuple[Recording, ...]


def overview(context: Context, person: Person) -> Overview:
    """Lanes of sources by year, gaps, imports under way and past ones, and what records."""
    every = [Import(u, _receipt(u)) for u in uploads.listed(context, person)]
    ended = {State.DONE, State.REFUSED, State.UNDONE}
    return Overview(
        lanes(context, person),
        tuple(gaps.listed(context, person)),
        tuple(one for one in every if one.upload.state not in ended),
        tuple(one for one in every if one.upload.state in ended),
        tuple(_recordings(context, person)),
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


def lanes(context: Context, person: Person) -> tuple[Lane, ...]:
    """Plays that count by source and year, the source with the most first."""
    found: dict[PlaySource, dict[int, int]] = {}
    with context.session() as session:
        stored_pages = stored.read(session, person.id)
    for page in stored_pages:
        table = pages.read(page)
        source = table.column("source").to_numpy()[table.column("play").to_numpy()]
        numbers = zip(*np.unique(source, return_counts=True), strict=True)
        for number, plays in numbers:
            found.setdefault(PlaySource(int(number)), {})[page.year] = int(plays)
    every = [Lane(source, years) for source, years in found.items()]
    return tuple(sorted(every, key=lambda lane: (-lane.plays, lane.source)))


def _receipt(upload: Upload) -> Receipt | None:
    return Receipt.of(upload.counts) if upload.counts else None


def _recordings(context: Context, person: Person) -> list[Recording]:
    with context.session() as session:
        found = recorders.of_user(session, person.id)
    return [_recording(recorder) for recorder in found]


def _recording(recorder: Recorder) -> Recording:
    return Recording(
        recorder.id or 0,
        recorder.kind,
        recorder.account,
        recorder.started_at,
        recorder.newest_at,
        recorder.next_at,
        recorder.plays,
        recorder.error,
        recorder.ended_at,
    )
