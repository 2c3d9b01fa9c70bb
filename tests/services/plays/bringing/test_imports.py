"""The page of imports says how far each is, and what records."""

import json
from dataclasses import asdict
from datetime import timedelta

import pytest

from tests.cli.test_history import HISTORY
from ttt.models import PlayGap
from ttt.plays import PlaySource
from ttt.providers.history_files.pieces import arrays
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import gaps
from ttt.services.plays.bringing import importing, imports, reading, uploads
from ttt.services.plays.bringing.imports import SoFar
from ttt.services.plays.bringing.receipt import Receipt


def test_an_import_says_how_many_files_and_rows_are_read(context: Context, ada: Person) -> None:
    data = json.dumps(HISTORY).encode()
    upload = uploads.begin(context, ada, "endsong_0.json", len(data))
    uploads.put(context, ada, upload.id, 0, data)
    importing.plan(context, upload.id)
    before = imports.so_far(context, ada, upload.id)
    assert (before, before.matching) == (SoFar(0, 1, 0, 0, 0), False)
    importing.read(context, upload.id, 0)
    after = imports.so_far(context, ada, upload.id)
    assert (after, after.matching) == (SoFar(1, 1, 5, 1, 1), True)


@pytest.mark.parametrize(
    ("done", "files", "matching"), [(0, 0, False), (1, 2, False), (2, 2, True)]
)
def test_only_what_is_read_whole_is_matched(done: int, files: int, matching: bool) -> None:
    assert SoFar(done, files, 9, 0, 0).matching is matching


def test_rows_to_come_are_reckoned_from_those_that_are_read(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "PIECE", 1_000)
    monkeypatch.setattr(reading, "_TOGETHER", 1)
    data = json.dumps(HISTORY).encode()
    upload = uploads.begin(context, ada, "endsong_0.json", len(data))
    uploads.put(context, ada, upload.id, 0, data)
    importing.plan(context, upload.id)
    assert uploads.find(context, ada, upload.id).rows_expected is None
    importing.read(context, upload.id, 0)
    found = uploads.find(context, ada, upload.id)
    assert (found.rows, found.rows_expected) == (7, 7)


def test_what_nothing_is_known_of_has_an_empty_receipt() -> None:
    empty = Receipt.of({})
    assert not any(asdict(empty).values())
    assert empty.words == "Read 0 rows: no plays."


def test_times_in_which_plays_may_be_missing_are_told_with_those_that_were_closed(
    context: Context, ada: Person
) -> None:
    at = context.now()
    gap = {"user_id": ada.id, "source": PlaySource.SPOTIFY_RECENT, "reason": "off"}
    with context.session() as session:
        session.add(PlayGap(from_at=at, until_at=at + timedelta(days=1), closed_by=1, **gap))
        session.add(PlayGap(from_at=at + timedelta(days=2), until_at=at + timedelta(days=3), **gap))
        session.commit()
    assert [one.is_closed for one in gaps.listed(context, ada)] == [True, False]
