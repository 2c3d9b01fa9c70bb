"""Writes everything that the server holds on a person into one zip file."""

import io
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from ttt import __version__
from ttt.errors import NotAllowed, NotFound
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.my_data import kinds, playing
from ttt.services.my_data.collecting import Records, collect
from ttt.services.my_data.kinds import KINDS, Kind
from ttt.services.my_data.shapes import music
from ttt.services.person import Person
from ttt.services.tables import spreadsheet
from ttt.store.accounts import users

_BESIDE_A_TRACK = ("title", "artists")


def download(context: Context, actor: Person, person: Person) -> bytes:
    """The zip file; one's own, or anybody's for whoever has the command line."""
    require_own(actor, person)
    with context.session() as session:
        user = users.get(session, person.id)
        if user is None:
            raise NotFound("account")
        record(context, session, actor, "data downloaded", user.username)
        session.flush()
        found = collect(session, context.vault, user)
        session.commit()
        plays = playing.files(session, person.id)
        return _zip(_files(found, context.now()), plays)


def require_own(actor: Person, person: Person) -> None:
    """NotAllowed unless it is one's own data; the command line has no account."""
    if actor.id not in {0, person.id}:
        raise NotAllowed


def _files(found: Mapping[str, Records], now: datetime) -> Iterable[tuple[str, str]]:
    manifest = {
        "format": "top-track-tracker my data",
        "version": kinds.VERSION,
        "app_version": __version__,
        "made_at": now,
        "records": {kind.name: len(found[kind.name]) for kind in KINDS},
    }
    described = {track["track"]: track for track in found["tracks"]}
    yield "README.txt", kinds.readme()
    yield "manifest.json", _json(manifest)
    for kind in KINDS:
        yield kind.json, _json(found[kind.name])
        yield kind.csv, _csv(kind, found[kind.name], described)


def _zip(files: Iterable[tuple[str, str]], plays: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
        for name, pieces in plays:
            with archive.open(name, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
    return content.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_time) + "\n"


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(type(value).__name__)


def _csv(kind: Kind, records: Records, described: Mapping[str, Mapping[str, Any]]) -> str:
    columns = [*columns_of(kind)]
    rows = (
        _beside(row, described) if "track" in columns and kind.name != "tracks" else row
        for one in records
        for row in _rows(kind, one)
    )
    cells = ({name: _cell(row.get(name)) for name in columns} for row in rows)
    return spreadsheet.file(columns, cells)


def columns_of(kind: Kind) -> list[str]:
    """Columns of a kind's table."""
    fields = [name for name in kind.model.model_fields if name != kind.rows]
    if kind.rows is not None:
        fields += [kind.count]
        fields += ["track"] if kind.rows == "tracks" else [*music.Entry.model_fields]
    if "track" in fields and kind.name != "tracks":
        fields += _BESIDE_A_TRACK
    return fields


def _rows(kind: Kind, one: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    if kind.rows is None:
        yield dict(one)
        return
    for place, item in enumerate(one[kind.rows], start=1):
        yield {**one, kind.count: place, **(item if isinstance(item, dict) else {"track": item})}


def _beside(row: dict[str, Any], described: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    track = described.get(row["track"], {})
    return row | {name: track.get(name) for name in _BESIDE_A_TRACK}


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return _time(value) if isinstance(value, datetime) else value
