import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.conftest import Clock, add_person
from ttt.errors import NotAllowed
from ttt.models import AuditEvent
from ttt.services.accounts import audit_log, trail
from ttt.services.accounts.audit_log import Filter
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store.accounts import audit


def happen(context: Context, *events: tuple[str, str, str]) -> None:
    """Let one thing after the other happen, a minute apart, the last one now."""
    with context.session() as session:
        for age, (actor, action, subject) in enumerate(reversed(events)):
            at = context.now() - age * timedelta(minutes=1)
            event = AuditEvent(at=at, actor=actor, action=action, subject=subject, address="::1")
            audit.add(session, event)
        session.commit()


@pytest.fixture
def boss(anywhere: Context) -> Person:
    """An admin, of whom the trail does not tell."""
    boss = add_person(anywhere, "boss", admin=True)
    with anywhere.session() as session:
        audit.delete_before(session, anywhere.now() + timedelta(days=1))
        session.commit()
    return boss


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), [3, 2, 1, 0]),
        (Filter(person="ada"), [2, 0]),
        (Filter(action="signed in"), [1, 0]),
        (Filter(words="SIGNED bob"), [1]),
        (Filter(words="100%"), [3]),
        (Filter(words="1__%"), []),
        (Filter(person="ada", action="role admin"), [2]),
        (Filter(person="nobody"), []),
    ],
)
def test_the_trail_is_filtered(
    anywhere: Context, boss: Person, wanted: Filter, found: list[int]
) -> None:
    events = [
        ("ada", "signed in", ""),
        ("bob", "signed in", ""),
        ("boss", "role admin", "ada"),
        ("boss", "decided", "banner: 100% up"),
    ]
    happen(anywhere, *events)
    page = audit_log.page(anywhere, boss, wanted)
    assert [(e.actor, e.action, e.subject) for e in page.events] == [events[i] for i in found]
    assert page.total == len(found)


def test_days_are_those_of_the_readers_zone(context: Context, clock: Clock) -> None:
    boss = add_person(context, "boss", admin=True)
    clock.time = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    happen(context, ("ada", "signed in", ""))
    day = date(2026, 11, 23)
    for zone, found in ((ZoneInfo("Europe/Berlin"), 1), (UTC, 0)):
        wanted = Filter(person="ada", **audit_log.between(day, day, zone))
        assert audit_log.page(context, boss, wanted).total == found
    clock.time = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # midnight belongs to the next day
    happen(context, ("eve", "signed in", ""))
    for first, found in ((day, 0), (day + timedelta(days=1), 1)):
        wanted = Filter(person="eve", **audit_log.between(first, first, UTC))
        assert audit_log.page(context, boss, wanted).total == found
    assert audit_log.between(None, None, UTC) == {"since": None, "until": None}


def test_a_page_is_never_longer_than_it_may_be(anywhere: Context, boss: Person) -> None:
    happen(anywhere, *(("ada", str(number), "") for number in range(audit_log.PAGE + 1)))
    first, second = (audit_log.page(anywhere, boss, Filter(), number) for number in (1, 2))
    assert (len(first.events), len(second.events), first.pages) == (audit_log.PAGE, 1, 2)
    assert (first.events[0].action, second.events[0].action) == (str(audit_log.PAGE), "0")
    assert audit_log.page(anywhere, boss, Filter(person="nobody")).pages == 1


def test_a_file_has_times_in_utc_and_no_formulas(anywhere: Context, boss: Person) -> None:
    happen(anywhere, ("=1+1", "signed in", ""))
    records = audit_log.export(anywhere, boss, Filter())
    text = audit_log.as_csv(records)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["actor"], row["at"]) == ("'=1+1", "2026-11-22T12:00:00+00:00")
    assert json.loads(audit_log.as_json(records)) == records


def test_old_events_are_forgotten(context: Context, clock: Clock) -> None:
    boss = add_person(context, "boss", admin=True)
    short = replace(context, settings=context.settings.model_copy(update={"audit_days": 7}))
    clock.forward(days=7)
    audit_log.prune(short)
    assert audit_log.actions(context, boss) == ["account added"]
    clock.forward(seconds=1)
    audit_log.prune(short)
    assert audit_log.actions(context, boss) == []


def test_members_read_no_trail(context: Context, ada: Person) -> None:
    for forbidden in (
        lambda: audit_log.page(context, ada, Filter()),
        lambda: audit_log.actions(context, ada),
        lambda: audit_log.export(context, ada, Filter()),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_a_long_subject_is_cut_to_what_the_trail_has_room_for(anywhere: Context) -> None:
    with anywhere.session() as session:
        trail.record_stranger(anywhere, session, "reset asked for", "x" * 300, None)
        session.commit()
        (event,) = audit.newest(session, Filter(action="reset asked for"), 10)
        assert event.subject == "x" * 200
