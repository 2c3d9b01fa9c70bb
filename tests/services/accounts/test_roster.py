import csv
import io
import json

import pytest

from tests.services.conftest import Clock, add_person
from ttt.errors import NotAllowed
from ttt.services.accounts import own_account, roster
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person


def test_accounts_tell_when_they_were_last_seen(
    context: Context, ada: Person, clock: Clock
) -> None:
    boss = add_person(context, "boss", admin=True)
    clock.forward(minutes=1)
    sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    listed = roster.listed(context, boss)
    assert [(one.person, one.last_seen_at) for one in listed] == [(ada, clock.time), (boss, None)]


def test_a_file_holds_nothing_secret_and_no_formula(context: Context, ada: Person) -> None:
    boss = add_person(context, "boss", admin=True)
    own_account.change_details(context, ada, "=HYPERLINK(1)", "")
    everybody = roster.listed(context, boss)
    text, records = roster.as_csv(everybody), json.loads(roster.as_json(everybody))
    first, _ = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert tuple(first) == tuple(records[0]) == roster.FIELDS
    assert first["name"] == "'=HYPERLINK(1)"
    assert "$2b$" not in text + json.dumps(records)


def test_members_see_no_roster(context: Context, ada: Person) -> None:
    with pytest.raises(NotAllowed):
        roster.listed(context, ada)
