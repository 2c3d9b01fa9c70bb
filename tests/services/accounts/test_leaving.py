import random
import secrets
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

import ttt.models
from tests.services.conftest import PASSWORD, add_person
from tests.services.my_data.conftest import TRACKS, fill
from ttt.errors import InvalidInput, NotFound, TooManyTries
from ttt.models import User
from ttt.services.accounts import accounts
from ttt.services.accounts.leaving import leave
from ttt.services.accounts.throttle import FREE_BY_NAME
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.lists import entries
from ttt.services.person import Person

OWN_PASSWORD = "another good passphrase"


def everything(context: Context) -> list[tuple[str, str, Any]]:
    """Table, column and value of every cell that is not empty."""
    assert ttt.models
    with context.engine.connect() as connection:
        return [
            (name, column, value)
            for name, table in SQLModel.metadata.tables.items()
            for row in connection.execute(table.select()).mappings()
            for column, value in row.items()
            if value is not None and not isinstance(value, datetime | date)
        ]


def about(context: Context, person: Person) -> list[tuple[str, str, Any]]:
    """Every cell that refers to a person, by id or by name."""
    names = {person.username, person.name, person.name.casefold()}
    tables = SQLModel.metadata.tables

    def refers(table: str, column: str, value: Any) -> bool:
        if isinstance(value, str):
            return any(name in value.casefold() for name in names)
        keys = tables[table].columns[column].foreign_keys
        its_own = (table, column) == ("user_account", "id")
        return value == person.id and (
            its_own or any(key.column.table.name == "user_account" for key in keys)
        )

    return [cell for cell in everything(context) if refers(*cell)]


def test_no_row_anywhere_holds_somebody_who_left(anywhere: Context) -> None:
    context = anywhere
    quentin, bob = add_person(context, "quentin"), add_person(context, "bob")
    fill(context, quentin, bob)
    tables = {table for table, _, _ in about(context, quentin)}
    assert {"user_account", "track_list", "spotify_account", "audit_event"} <= tables
    sign_in.check_password(context, "quentin", "wrong", "192.0.2.5")
    leave(context, quentin, " Quentin ", OWN_PASSWORD)
    assert about(context, quentin) == []
    left = {table for table, _, _ in everything(context)}
    assert left == {
        *("alembic_version", "user_account", "track_list", "list_entry", "audit_event"),
        *("track", "artist", "track_artist", "popularity"),
    } - {"alembic_version"}
    assert "192.0.2" not in str(everything(context))


def test_what_others_hold_stays(context: Context, ada: Person, bob: Person) -> None:
    fill(context, ada, bob)
    entries.add_uris(context, bob, [f"spotify:track:{TRACKS[1]}"])
    leave(context, ada, "ada", OWN_PASSWORD)
    assert [row.uri[-1] for row in entries.listed(context, bob)] == ["2"]
    ours = next(i for t, c, i in everything(context) if (t, c, i) == ("track_list", "name", "Ours"))
    assert ours
    held = {value for table, column, value in everything(context) if column == "spotify_id"}
    assert held >= {TRACKS[1], TRACKS[6]}
    assert TRACKS[5] not in held


def test_nobody_is_signed_in_any_more(context: Context, ada: Person) -> None:
    redeemed = sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    assert redeemed is not None
    leave(context, ada, "ada", PASSWORD)
    assert sign_in.current_person(context, redeemed[0]) is None
    assert sign_in.check_password(context, "ada", PASSWORD, None) is None


@pytest.mark.parametrize(
    ("username", "password", "said"),
    [("bob", PASSWORD, "your own username"), ("", PASSWORD, "own"), ("ada", "wrong", "not right")],
)
def test_it_has_to_be_meant(
    context: Context, ada: Person, bob: Person, username: str, password: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        leave(context, ada, username, password)
    assert accounts.find(context, "ada") == ada
    assert accounts.find(context, "bob") == bob


def test_the_password_cannot_be_guessed_here_either(context: Context, ada: Person) -> None:
    for _ in range(FREE_BY_NAME + 1):
        with pytest.raises(InvalidInput):
            leave(context, ada, "ada", "wrong")
    with pytest.raises(TooManyTries):
        leave(context, ada, "ada", PASSWORD)
    assert accounts.find(context, "ada") == ada


def test_the_last_admin_stays(context: Context) -> None:
    boss = add_person(context, "boss", admin=True)
    with pytest.raises(InvalidInput, match="last admin"):
        leave(context, boss, "boss", PASSWORD)
    assert accounts.find(context, "boss").is_admin
    add_person(context, "second", admin=True)
    leave(context, boss, "boss", PASSWORD)
    assert [p.username for p in accounts.listed(context, accounts.operator(context))] == ["second"]


def test_whoever_gets_the_same_id_sees_nothing_that_was_cached(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    luck = random.Random(1)
    monkeypatch.setattr(secrets, "randbelow", luck.randrange)
    gone = add_person(context, "gone")
    leave(context, gone, "gone", PASSWORD)
    new = add_person(context, "new")
    assert new.id == gone.id
    assert abs(new.revision - gone.revision) > 1000


def test_who_has_no_password_leaves_by_name_alone(context: Context, ada: Person) -> None:
    with context.session() as session:
        session.get_one(User, ada.id).password_hash = ""
        session.commit()
    leave(context, ada, "ada", "")
    with pytest.raises(NotFound):
        accounts.find(context, "ada")
