from dataclasses import replace

import pytest
from sqlalchemy import event

from tests.services.conftest import add_person
from ttt.errors import NotAllowed
from ttt.models import ServerSetting
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.person import Person


def test_nothing_is_decided_at_first(context: Context) -> None:
    assert decisions.read(context) == Decisions()


def test_what_an_admin_decides_holds_for_all(context: Context) -> None:
    boss = add_person(context, "boss", admin=True)
    decided = Decisions("open", "Back at *noon*", admins_need_second_factor=True)
    decisions.decide(context, boss, decided)
    assert decisions.read(context) == decided
    decisions.decide(context, boss, replace(decided, banner="", admins_need_second_factor=False))
    assert decisions.read(context) == Decisions("open")


def test_two_admins_may_decide_for_the_first_time_together(context: Context) -> None:
    boss = add_person(context, "boss", admin=True)

    def other(_connection: object, _cursor: object, said: str, *_more: object) -> None:
        if "WHERE server_setting.name" in said:
            with context.session() as session:
                row = ServerSetting(name="banner", value="Theirs", changed_at=context.now())
                session.add(row)
                session.commit()

    event.listen(context.engine, "after_cursor_execute", other)
    decisions.decide(context, boss, Decisions(banner="Mine"))
    event.remove(context.engine, "after_cursor_execute", other)
    assert decisions.read(context).banner == "Mine"


def test_members_decide_nothing(context: Context, ada: Person) -> None:
    with pytest.raises(NotAllowed):
        decisions.decide(context, ada, Decisions("open"))
    assert decisions.read(context) == Decisions()
