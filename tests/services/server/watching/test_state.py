from dataclasses import replace

import pytest
from pydantic import SecretStr

from tests.services.conftest import add_person
from ttt.errors import NotAllowed
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.services.server.watching import state as server_state
from ttt.store import migrate


def test_the_state_tells_on_what_the_server_runs(context: Context, ada: Person) -> None:
    boss = add_person(context, "boss", admin=True)
    sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    state = server_state.read(context, boss)
    assert (state.accounts, state.sessions, state.database, state.mail) == (2, 1, "SQLite", "off")
    assert state.migration == state.newest_migration == migrate.newest()
    assert state.migrated


def test_where_the_key_comes_from_is_told_and_not_the_key(context: Context) -> None:
    boss = add_person(context, "boss", admin=True)
    assert server_state.read(context, boss).secret_key == "secret.key in the data folder"
    key = SecretStr("k" * 40)
    settings = context.settings.model_copy(update={"secret_key": key})
    state = server_state.read(replace(context, settings=settings), boss)
    assert state.secret_key == "TTT_SECRET_KEY"
    assert "kkk" not in repr(state)


def test_members_do_not_see_the_state(context: Context, ada: Person) -> None:
    with pytest.raises(NotAllowed):
        server_state.read(context, ada)
