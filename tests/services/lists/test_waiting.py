"""Titles and artists that wait for Spotify are on their list as what they are."""

from dataclasses import replace

import pytest

from tests.services.conftest import connect
from tests.services.lists.test_imports import Knowing, finish, knowing, named
from tests.surroundings.noting import locks_of
from ttt.errors import NotFound
from ttt.services.context import Context
from ttt.services.lists import entries, imports, lists, waiting
from ttt.services.lists.waiting import Waits
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.store.lists import entries as stored

__all__ = ["knowing"]


def test_names_that_wait_are_told_in_their_order_until_they_were_looked_up(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    names = (Named("Song n010", "Nobody"), Named("Song n011", "Nobody"))
    assert waiting.on_list(context, ada) == Waits(2, names)
    assert waiting.on_list(context, ada, limit=1) == Waits(2, names[:1])
    imports.close(context, ada, receipt.import_id or 0)
    assert waiting.on_list(context, ada).count == 2
    finish(context, receipt.import_id)
    assert waiting.on_list(context, ada) == Waits(0, ())


def test_they_wait_at_the_list_that_they_were_put_on(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    party = lists.create(context, ada, "Party")
    imports.take(context, ada, named(12), "names.csv", list_id=party)
    assert waiting.on_list(context, ada).count == 0
    assert waiting.on_list(context, ada, party).count == 2


def test_of_many_the_first_ten_are_named(context: Context, ada: Person, knowing: Knowing) -> None:
    connect(context, ada)
    imports.take(context, ada, named(21), "names.csv")
    told = waiting.on_list(context, ada)
    assert (told.count, len(told.names)) == (11, 10)


def test_what_is_taken_back_is_looked_up_by_nobody_meanwhile(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    locks = locks_of(context.engine)
    waiting.take_back(context, ada, receipt)
    assert locks.count("FOR UPDATE") == 1


def test_what_left_no_receipt_takes_no_other_back(
    context: Context, ada: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    with pytest.raises(NotFound):
        waiting.take_back(context, ada, replace(receipt, import_id=None))
    assert waiting.on_list(context, ada).count == 2


def test_what_cannot_be_taken_back_now_is_left_as_a_whole(
    context: Context, ada: Person, knowing: Knowing, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    there = entries.listed(context, ada)

    def fail(*_: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(stored, "remove", fail)
    with pytest.raises(RuntimeError):
        waiting.take_back(context, ada, receipt)
    assert waiting.on_list(context, ada).count == 2
    assert imports.find(context, ada, receipt.import_id or 0).open
    assert entries.listed(context, ada) == there


def test_what_was_put_on_a_list_is_taken_back_with_what_waits_and_nothing_else(
    context: Context, ada: Person, bob: Person, knowing: Knowing
) -> None:
    connect(context, ada)
    entries.add_uris(context, ada, [f"spotify:track:{9:022}"])
    (before,) = entries.listed(context, ada)
    receipt = imports.take(context, ada, named(12), "names.csv")
    assert receipt.added > 0
    assert len(entries.listed(context, ada)) == 1 + receipt.added
    assert waiting.on_list(context, ada).count == 2
    with pytest.raises(NotFound):
        waiting.take_back(context, bob, receipt)
    waiting.take_back(context, ada, receipt)
    assert [row.uri for row in entries.listed(context, ada)] == [before.uri]
    assert waiting.on_list(context, ada).count == 0
    assert not imports.find(context, ada, receipt.import_id or 0).open
