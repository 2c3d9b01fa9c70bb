import pytest

from tests.services.conftest import PASSWORD, Clock
from tests.services.doors.test_second_factor import enrol
from ttt.errors import NotFound
from ttt.services.accounts import accounts, own_account
from ttt.services.context import Context
from ttt.services.doors import pending, second_factor
from ttt.services.doors.pending import Pending
from ttt.services.person import Person


@pytest.fixture
def held(context: Context, ada: Person) -> Pending:
    enrol(context, ada)
    return pending.hold(context, ada)


def test_a_right_password_is_remembered_for_five_minutes(
    context: Context, held: Pending, clock: Clock
) -> None:
    clock.forward(minutes=5, seconds=-1)
    resumed = pending.resume(context, held)
    assert resumed is not None
    assert resumed.username == "ada"
    clock.forward(seconds=1)
    assert pending.resume(context, held) is None


def test_a_disabled_account_starts_again(context: Context, held: Pending) -> None:
    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    assert pending.resume(context, held) is None


def test_another_password_starts_again(context: Context, held: Pending, ada: Person) -> None:
    own_account.change_password(context, ada, PASSWORD, "another good passphrase", "")
    assert pending.resume(context, held) is None


def test_a_second_factor_that_is_gone_starts_again(
    context: Context, held: Pending, ada: Person
) -> None:
    second_factor.disable(context, ada, PASSWORD)
    assert pending.resume(context, held) is None


def test_an_account_that_is_gone_is_nobodys(context: Context, held: Pending, ada: Person) -> None:
    assert pending.resume(context, Pending(99, held.password, held.until)) is None
    with pytest.raises(NotFound):
        pending.hold(context, Person(99, "x", "X", "", ada.role, ada.created_at))
