"""Gathers what is kept around a person's plays, and writes the plays themselves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, SQLModel

from ttt.models import (
    Hidden,
    HistoryUpload,
    PlayGap,
    RecapLink,
    Recorder,
    Recording,
    Relay,
    SubmitToken,
    ToldIdentity,
)
from ttt.providers.history_files import writing
from ttt.providers.history_files.writing import ExportFormat
from ttt.services.my_data.shapes import plays, record
from ttt.services.plays.bringing.receipt import Receipt
from ttt.services.plays.out import exporting
from ttt.store import own
from ttt.store.plays import agreements, shown, uploads
from ttt.store.plays.shown import Named

Records = list[dict[str, Any]]
FILES = {"plays.jsonl": ExportFormat.EXTENDED, "plays.parquet": ExportFormat.PARQUET}


def collect(session: Session, user_id: int) -> dict[str, Records]:
    """Records of each kind that has to do with plays, by its name."""

    def every(model: type[SQLModel], order: str = "id") -> Any:
        return own.of(session, model, user_id, order)

    hidden, joined = every(Hidden), every(Recording, "track_id")
    told = every(ToldIdentity, "track_id")
    named = _names(session, user_id, hidden, joined, told)
    title = {track_id: track.title for track_id, track in named.items()}
    return {
        "imports": _imports(session, every(HistoryUpload)),
        "gaps": [
            record.fields(plays.Gap, row, source=row.source.label, closed=row.closed_by is not None)
            for row in every(PlayGap)
        ],
        "hidden": [
            record.fields(plays.Hidden, row, title=title.get(row.track_id)) for row in hidden
        ],
        "recordings": [_joined(row, title) for row in joined],
        "identities": [_identity(row, named[row.track_id]) for row in told],
        "recorders": [record.fields(plays.Recorder, row) for row in every(Recorder)],
        "submit_tokens": [record.fields(plays.Token, row) for row in every(SubmitToken)],
        "relays": [record.fields(plays.Relay, row) for row in every(Relay, "user_id")],
        "comparisons": _comparisons(session, user_id),
        "recap_links": [
            record.fields(plays.SharedRecap, row, says=row.data.decode())
            for row in every(RecapLink)
        ],
    }


def _names(
    session: Session,
    user_id: int,
    hidden: Sequence[Hidden],
    joined: Sequence[Recording],
    told: Sequence[ToldIdentity],
) -> shown.Names:
    """The tracks that choices are about, and those of which a recording was told."""
    ids = {row.track_id for row in hidden} | {row.track_id for row in told}
    ids |= {i for row in joined for i in (row.track_id, row.counts_as)}
    return shown.names(session, user_id, {i for i in ids if i is not None})


def _joined(row: Recording, title: Mapping[int, str | None]) -> dict[str, Any]:
    return record.fields(
        plays.Joined,
        row,
        title=title.get(row.track_id),
        counts_as=title.get(row.counts_as),
        parted=row.counts_as == row.track_id,
    )


def _identity(row: ToldIdentity, named: Named) -> dict[str, Any]:
    return record.fields(
        plays.Identity,
        row,
        title=named.title,
        artists=list(named.artists),
        source=row.source.label,
        played_at=datetime.fromtimestamp(row.told_at, UTC) if row.told_at else None,
    )


def _comparisons(session: Session, user_id: int) -> Records:
    return [
        record.fields(
            plays.Comparison,
            row,
            name=other.name if other else None,
            invited_by_me=row.user_id == user_id,
        )
        for row, other in agreements.of_user(session, user_id)
    ]


def files(session: Session, user_id: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and pieces of each file that holds all told plays."""
    for name, form in FILES.items():
        yield name, writing.pieces(exporting.told(session, user_id), form)


def _imports(session: Session, found: Sequence[HistoryUpload]) -> Records:
    ids = [upload.id for upload in found]
    files: dict[int, list[str]] = defaultdict(list)
    for member in uploads.members(session, *ids):
        files[member.upload_id].append(member.name)
    refused: dict[int, list[str]] = defaultdict(list)
    for row in uploads.refused(session, *ids):
        place = f"{files[row.upload_id][row.member]}, row {row.row}"
        refused[row.upload_id].append(f"{place}: {row.reason} {row.text}".strip())
    return [
        record.fields(
            plays.Import,
            upload,
            outcomes=Receipt.of(upload.counts).words if upload.counts else "",
            files=files[upload.id],
            refused=refused[upload.id],
        )
        for upload in found
    ]
