"""Play counts at Last.fm belong to a person and the name that they gave."""

from dataclasses import replace

import pytest

from tests.providers.scripted import Reply, Server
from tests.services.chart_server import played
from tests.services.conftest import Clock
from ttt.errors import InvalidInput
from ttt.found import PlaysPeriod
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.discover import charting, listening
from ttt.services.discover.listening import Account
from ttt.services.person import Person

WEEK = PlaysPeriod.WEEK


@pytest.fixture
def robin(asked: Context, ada: Person) -> Person:
    """Ada, who is robin at Last.fm."""
    listening.set_username(asked, ada, " Robin ")
    return ada


def test_a_name_is_given_changed_and_forgotten(asked: Context, robin: Person) -> None:
    assert listening.account(asked, robin) == Account("Robin")
    listening.set_username(asked, robin, "wren_2-x")
    assert listening.account(asked, robin) == Account("wren_2-x")
    listening.forget(asked, robin)
    assert listening.account(asked, robin) is None


@pytest.mark.parametrize("name", ["", "x", "2fast", "a b", "naïve", "a" * 16, "../user", "a&b=c"])
def test_what_cannot_be_a_name_is_refused(asked: Context, ada: Person, name: str) -> None:
    with pytest.raises(InvalidInput):
        listening.set_username(asked, ada, name)
    assert listening.account(asked, ada) is None


def test_a_period_is_fetched_once_a_day(
    asked: Context, server: Server, robin: Person, clock: Clock
) -> None:
    server.will(played(), played())
    for _ in range(2):
        assert listening.refresh(asked, robin, WEEK)
    assert [a.query["user"] for a in server.asked] == ["Robin"]
    chart = listening.read(asked, robin, WEEK)
    assert [row.entry.plays for row in chart.rows] == [50, 49, 48]
    assert chart.taken_at == clock.time
    assert listening.is_due(asked, robin, PlaysPeriod.YEAR)
    clock.forward(days=1, seconds=1)
    assert listening.refresh(asked, robin, WEEK)
    assert len(server.asked) == 2


def test_nobody_sees_what_another_played(
    asked: Context, server: Server, robin: Person, bob: Person
) -> None:
    server.will(played())
    listening.refresh(asked, robin, WEEK)
    assert listening.read(asked, bob, WEEK).rows == ()
    assert not listening.is_due(asked, bob, WEEK)


def test_another_name_starts_anew_and_the_same_one_does_not(
    asked: Context, server: Server, robin: Person
) -> None:
    server.will(played())
    listening.refresh(asked, robin, WEEK)
    listening.set_username(asked, robin, "ROBIN")
    assert listening.read(asked, robin, WEEK).rows
    listening.set_username(asked, robin, "wren")
    assert not listening.read(asked, robin, WEEK).rows


def test_forgetting_deletes_the_play_counts(asked: Context, server: Server, robin: Person) -> None:
    server.will(played())
    listening.refresh(asked, robin, WEEK)
    listening.forget(asked, robin)
    assert not listening.read(asked, robin, WEEK).rows


def test_a_name_that_is_not_known_is_asked_about_once_a_day(
    asked: Context, server: Server, robin: Person, clock: Clock
) -> None:
    server.will(Reply(404, {"error": 6, "message": "User not found"}), played())
    assert not listening.refresh(asked, robin, WEEK)
    assert listening.account(asked, robin) == Account("Robin", clock.time)
    assert not listening.is_due(asked, robin, PlaysPeriod.YEAR)
    clock.forward(days=1, seconds=-1)
    assert listening.refresh(asked, robin, PlaysPeriod.YEAR)
    assert len(server.asked) == 1
    clock.forward(seconds=1)
    assert listening.refresh(asked, robin, WEEK)
    assert listening.account(asked, robin) == Account("Robin")


def test_trouble_is_said_and_leaves_the_last_counts(
    asked: Context, server: Server, robin: Person, clock: Clock
) -> None:
    server.will(played(), Reply(500))
    listening.refresh(asked, robin, WEEK)
    clock.forward(days=2)
    assert not listening.refresh(asked, robin, WEEK)
    chart = listening.read(asked, robin, WEEK)
    assert len(chart.rows) == 3
    assert chart.trouble == "It is not available."


def test_without_a_key_nothing_is_asked(
    context: Context, asked: Context, server: Server, robin: Person
) -> None:
    assert listening.people_due(asked) == [robin.id]
    assert "TTT_LASTFM_KEY" in str(listening.why_off(context))
    assert listening.people_due(context) == []
    assert not listening.is_due(context, robin, WEEK)
    assert server.asked == []


def test_a_budget_of_none_keeps_lastfm_alone(asked: Context, server: Server, robin: Person) -> None:
    settings = asked.settings.model_copy(update={"daily_budgets": "lastfm=0"})
    assert listening.people_due(replace(asked, settings=settings)) == []


def test_those_whose_counts_are_old_are_due(asked: Context, server: Server, robin: Person) -> None:
    server.will(played())
    assert listening.people_due(asked) == [robin.id]
    listening.refresh(asked, robin, listening.ON_HOME)
    assert listening.people_due(asked) == []


def test_a_disabled_account_is_not_asked_for(asked: Context, server: Server, robin: Person) -> None:
    accounts.set_disabled(asked, accounts.operator(asked), robin.username, True)
    assert listening.people_due(asked) == []
    assert server.asked == []


def test_each_persons_counts_are_fetched_in_a_turn_of_their_own(
    asked: Context, server: Server, robin: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening.set_username(asked, bob, "wren")
    server.will(played(), played())
    held, turns = charting.locks.held, list[str]()
    monkeypatch.setattr(
        charting.locks, "held", lambda engine, name: turns.append(name) or held(engine, name)
    )
    for person in (robin, bob):
        listening.refresh(asked, person, WEEK)
    assert [turn.rpartition(" ")[2] for turn in turns] == [str(robin.id), str(bob.id)]
