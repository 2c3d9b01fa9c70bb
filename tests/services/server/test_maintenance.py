"""Maintenance begins and ends in every process that runs, and nothing is changed meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.conftest import add_person
from tests.services.shell import beside
from tests.surroundings.databases import opened
from ttt.errors import Maintenance, NotAllowed
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts.audit_log import Filter, export
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.services.server import maintenance


@pytest.fixture(autouse=True)
def looks_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 0.0)


@pytest.fixture
def operator(context: Context) -> Person:
    return accounts.operator(context)


@pytest.fixture
def elsewhere(context: Context) -> Iterator[Context]:
    """Another process that runs, with connections of its own."""
    with beside(context) as other, maintenance.kept(other):
        yield other


def test_another_process_refuses_changes_from_begin_to_end(
    context: Context, elsewhere: Context, operator: Person, ada: Person
) -> None:
    maintenance.begin(context, operator, "Back at noon.")
    assert maintenance.words(elsewhere) == "Back at noon."
    with pytest.raises(Maintenance):
        add_person(elsewhere, "eve")
    with pytest.raises(Maintenance):
        sign_in.issue_ticket(elsewhere, ada, "/")
    assert decisions.read(elsewhere).banner == ""
    maintenance.end(context, operator)
    assert not maintenance.is_on(elsewhere)
    add_person(elsewhere, "eve")


def test_whoever_is_signed_in_stays_so_meanwhile(
    context: Context, elsewhere: Context, operator: Person, ada: Person
) -> None:
    token, _ = sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None) or ""
    maintenance.begin(context, operator)
    assert sign_in.current_person(elsewhere, token) == ada


def test_people_are_told_something_whatever_is_given(context: Context, operator: Person) -> None:
    maintenance.begin(context, operator, "  ")
    assert maintenance.words(context) == maintenance.WORDS
    maintenance.begin(context, operator, "long " * 200)
    assert len(maintenance.words(context)) <= 500
    maintenance.begin(context, operator, "x" * 501)
    assert maintenance.words(context) == "x" * 500


def test_what_was_seen_holds_for_a_second(
    context: Context, operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 1_000.0)
    assert not maintenance.is_on(context)
    with context.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO server_setting VALUES ('maintenance', 'elsewhere', '2026-01-01')"
        )
    assert not maintenance.is_on(context)
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 0.0)
    assert maintenance.words(context) == "elsewhere"


def test_members_cannot_begin_or_end_it(context: Context, ada: Person) -> None:
    for switch in (maintenance.begin, maintenance.end):
        with pytest.raises(NotAllowed):
            switch(context, ada)
    assert not maintenance.is_on(context)


def test_begin_and_end_are_in_the_trail(context: Context, operator: Person) -> None:
    maintenance.begin(context, operator)
    maintenance.end(context, operator)
    trail = export(context, operator, Filter(action="decided"))
    assert [event["subject"] for event in trail] == ["maintenance: over", "maintenance: begun"]


def test_a_database_that_is_away_is_no_maintenance(context: Context, tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'gone' / 'ttt.sqlite3'}") as engine:
        assert not maintenance.is_on(replace(context, engine=engine))
