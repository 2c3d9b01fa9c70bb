from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from sqlmodel import select

from tests.services.conftest import PASSWORD, Clock, add_person, signed_in
from ttt.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from ttt.models import AuditEvent, RecoveryCode, User
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.accounts.throttle import FREE_BY_NAME
from ttt.services.context import Context
from ttt.services.doors import second_factor, sign_in
from ttt.services.keys.vault import Vault, new_secret
from ttt.services.person import Person

HERE = "192.0.2.1"


def code(context: Context, secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many steps of 30 s later."""
    return pyotp.TOTP(secret).at(context.now() + timedelta(seconds=30 * steps))


def enrol(context: Context, person: Person) -> tuple[str, list[str]]:
    """Secret and recovery codes of somebody who has turned it on, a while ago."""
    secret = second_factor.begin(context, person, PASSWORD).secret
    codes = second_factor.confirm(context, person, secret, code(context, secret, -1), "")
    return secret, codes


def refused(context: Context, person: Person, typed: str) -> bool:
    try:
        second_factor.check(context, person, typed, None)
    except InvalidInput:
        return True
    return False


def with_another_key(context: Context) -> Context:
    another = new_secret()
    return replace(context, vault=Vault(lambda: (another,)))


def actions(context: Context) -> list[str]:
    with context.session() as session:
        return [event.action for event in session.exec(select(AuditEvent))]


def test_the_address_for_apps_names_server_and_account(context: Context, ada: Person) -> None:
    enrolment = second_factor.begin(context, ada, PASSWORD)
    parts = urlsplit(enrolment.uri)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/Top Track Tracker (127.0.0.1):ada"
    assert parse_qs(parts.query)["secret"] == [enrolment.secret]
    assert second_factor.begin(context, ada, PASSWORD).secret != enrolment.secret


def test_nothing_is_on_before_a_code_was_shown(context: Context, ada: Person) -> None:
    secret = second_factor.begin(context, ada, PASSWORD).secret
    with pytest.raises(InvalidInput):
        second_factor.confirm(context, ada, secret, "000000", "")
    assert not accounts.find(context, "ada").second_factor
    assert second_factor.standing(context, ada) == second_factor.Standing(True, 0)


def test_turning_it_on_ends_the_other_sessions_and_is_recorded(
    context: Context, ada: Person
) -> None:
    here, elsewhere = signed_in(context, ada), signed_in(context, ada)
    secret = second_factor.begin(context, ada, PASSWORD).secret
    codes = second_factor.confirm(context, ada, secret, code(context, secret), here)
    assert accounts.find(context, "ada").second_factor
    assert sign_in.current_person(context, here) is not None
    assert sign_in.current_person(context, elsewhere) is None
    assert len(set(codes)) == 10
    assert "second factor on" in actions(context)


def test_neither_secret_nor_recovery_codes_are_stored_in_the_clear(
    context: Context, ada: Person
) -> None:
    secret, codes = enrol(context, ada)
    with context.session() as session:
        kept = repr([*session.exec(select(User)), *session.exec(select(RecoveryCode))])
    assert secret not in kept
    assert not any(c in kept or c.replace("-", "") in kept for c in codes)


def test_a_second_factor_is_not_replaced_by_another(context: Context, ada: Person) -> None:
    secret, _ = enrol(context, ada)
    other = second_factor.begin(context, ada, PASSWORD).secret
    with pytest.raises(InvalidInput, match="already"):
        second_factor.confirm(context, ada, other, code(context, other), "")
    assert second_factor.check(context, ada, code(context, secret), None) is None


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_this_step_or_one_beside_it_is_taken(
    context: Context, ada: Person, clock: Clock, steps: int
) -> None:
    secret, _ = enrol(context, ada)
    clock.forward(minutes=5)
    assert second_factor.check(context, ada, code(context, secret, steps), HERE) is None


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_any_other_step_is_not(
    context: Context, ada: Person, clock: Clock, steps: int
) -> None:
    secret, _ = enrol(context, ada)
    clock.forward(minutes=5)
    assert refused(context, ada, code(context, secret, steps))


def test_a_code_is_good_once_and_so_is_the_one_that_turned_it_on(
    context: Context, ada: Person, clock: Clock
) -> None:
    secret, _ = enrol(context, ada)
    assert refused(context, ada, code(context, secret, -1))
    assert not refused(context, ada, code(context, secret, 1))
    for used in (1, 0):
        assert refused(context, ada, code(context, secret, used))


@pytest.mark.parametrize("kind", ["code", "recovery code"])
def test_two_tabs_that_race_one_code_let_one_in(anywhere: Context, kind: str) -> None:
    ada = add_person(anywhere, "ada")
    secret, codes = enrol(anywhere, ada)
    typed = code(anywhere, secret) if kind == "code" else codes[0]
    with ThreadPoolExecutor(4) as pool:
        let_in = [not r for r in pool.map(lambda _: refused(anywhere, ada, typed), range(4))]
    assert let_in.count(True) == 1


def test_a_recovery_code_is_good_once_and_what_is_left_is_said(
    context: Context, ada: Person
) -> None:
    _, codes = enrol(context, ada)
    assert second_factor.check(context, ada, codes[3], HERE) == 9
    assert refused(context, ada, codes[3])
    assert second_factor.check(context, ada, codes[4], HERE) == 8
    assert second_factor.standing(context, ada).codes_left == 8
    assert actions(context).count("recovery code used") == 2


def test_blanks_dashes_and_capitals_do_not_matter(context: Context, ada: Person) -> None:
    secret, codes = enrol(context, ada)
    now = code(context, secret)
    assert not refused(context, ada, f" {now[:3]}-{now[3:]}\n")
    assert not refused(context, ada, codes[0].upper().replace("-", " "))


@pytest.mark.parametrize("typed", ["", " ", "12345", "1" * 5000, "ä" * 16, "\0", "१२३४५६"])
def test_nonsense_is_refused(anywhere: Context, typed: str) -> None:
    ada = add_person(anywhere, "ada")
    enrol(anywhere, ada)
    assert refused(anywhere, ada, typed)


def test_codes_of_somebody_else_are_refused(context: Context, ada: Person, bob: Person) -> None:
    secret, codes = enrol(context, ada)
    enrol(context, bob)
    assert refused(context, bob, code(context, secret))
    assert refused(context, bob, codes[0])
    assert second_factor.standing(context, ada).codes_left == 10


def test_without_a_second_factor_no_code_is_right(context: Context, ada: Person) -> None:
    assert refused(context, ada, "123456")


def test_after_too_many_tries_even_the_right_code_waits(context: Context, ada: Person) -> None:
    secret, codes = enrol(context, ada)
    for _ in range(FREE_BY_NAME + 1):
        assert refused(context, ada, "wrong")
    for right in (code(context, secret), codes[0]):
        with pytest.raises(TooManyTries):
            second_factor.check(context, ada, right, HERE)
    assert second_factor.standing(context, ada).codes_left == 10


def test_a_lost_key_lets_nobody_in_but_by_a_recovery_code(context: Context, ada: Person) -> None:
    secret, codes = enrol(context, ada)
    lost = with_another_key(context)
    assert not second_factor.standing(lost, ada).readable
    with pytest.raises(InvalidInput, match="recovery codes"):
        second_factor.check(lost, ada, code(context, secret), None)
    assert second_factor.check(lost, ada, codes[0], None) == 9


@pytest.mark.parametrize("proof", ["password", "code", "recovery code"])
def test_it_is_turned_off_by_password_or_code(context: Context, ada: Person, proof: str) -> None:
    secret, codes = enrol(context, ada)
    proofs = {"password": PASSWORD, "code": code(context, secret), "recovery code": codes[0]}
    second_factor.disable(context, ada, proofs[proof])
    assert not accounts.find(context, "ada").second_factor
    assert second_factor.standing(context, ada).codes_left == 0
    assert "second factor off" in actions(context)


def test_without_proof_nothing_changes(context: Context, ada: Person) -> None:
    _, codes = enrol(context, ada)
    for change in (second_factor.disable, second_factor.new_recovery_codes):
        with pytest.raises(InvalidInput):
            change(context, ada, "wrong")
    assert accounts.find(context, "ada").second_factor
    assert second_factor.check(context, ada, codes[0], None) == 9


def test_proofs_are_counted_as_tries(context: Context, ada: Person) -> None:
    enrol(context, ada)
    for _ in range(FREE_BY_NAME + 1):
        with pytest.raises(InvalidInput):
            second_factor.disable(context, ada, "wrong")
    with pytest.raises(TooManyTries):
        second_factor.disable(context, ada, PASSWORD)


def test_new_recovery_codes_replace_the_old_ones(context: Context, ada: Person) -> None:
    _, old = enrol(context, ada)
    new = second_factor.new_recovery_codes(context, ada, PASSWORD)
    assert refused(context, ada, old[0])
    assert second_factor.check(context, ada, new[0], None) == 9


def test_recovery_codes_need_a_second_factor(context: Context, ada: Person) -> None:
    with pytest.raises(InvalidInput):
        second_factor.new_recovery_codes(context, ada, PASSWORD)


def test_an_admin_resets_it_and_ends_the_sessions(context: Context, ada: Person) -> None:
    enrol(context, ada)
    token = signed_in(context, ada)
    person = second_factor.reset(context, accounts.operator(context), "ADA")
    assert (person.username, person.second_factor) == ("ada", False)
    assert sign_in.current_person(context, token) is None
    assert second_factor.standing(context, ada).codes_left == 0
    assert "second factor reset" in actions(context)


def test_nobody_but_an_admin_resets_it(context: Context, ada: Person, bob: Person) -> None:
    enrol(context, ada)
    with pytest.raises(NotAllowed):
        second_factor.reset(context, bob, "ada")
    with pytest.raises(NotFound):
        second_factor.reset(context, accounts.operator(context), "nobody")
    assert accounts.find(context, "ada").second_factor


def test_an_admin_who_needs_it_acts_as_one_only_with_it(context: Context, ada: Person) -> None:
    root = add_person(context, "root", admin=True)
    tokens = {p.username: signed_in(context, p) for p in (root, ada)}
    needed = Decisions(admins_need_second_factor=True)
    decisions.decide(context, accounts.operator(context), needed)
    person = sign_in.current_person(context, tokens["root"])
    assert person is not None
    assert person.enrolment_due
    with pytest.raises(NotAllowed):
        accounts.listed(context, person)
    secret = second_factor.begin(context, root, PASSWORD).secret
    second_factor.confirm(context, root, secret, code(context, secret), tokens["root"])
    enrolled = sign_in.current_person(context, tokens["root"])
    assert enrolled is not None
    assert accounts.listed(context, enrolled)
    member = sign_in.current_person(context, tokens["ada"])
    assert member is not None
    assert not member.enrolment_due
