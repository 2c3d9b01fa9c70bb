from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import PASSWORD, Clock, add_person, signed_in
from ttt.errors import InvalidInput, LinkUsedUp, NotAllowed, NotFound, TooManyTries
from ttt.models import AuditEvent, OneTimeLink, User
from ttt.roles import Role
from ttt.services.accounts import accounts, decisions, own_account, removing, throttle
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.doors import one_time_links, registration, resetting, sign_in
from ttt.services.doors.one_time_links import MadeLink
from ttt.services.person import Person

NEW = "another long one"


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "boss", admin=True)


def token(link: MadeLink) -> str:
    return link.url.partition("=")[2]


def can_sign_in(context: Context, username: str, password: str) -> bool:
    return sign_in.check_password(context, username, password, None) is not None


def accept(context: Context, link: MadeLink, username: str = "eve") -> Person:
    return registration.accept(context, token(link), username, "Eve", NEW, None)


def test_a_reset_link_sets_a_password_once(context: Context, boss: Person, ada: Person) -> None:
    session = signed_in(context, ada)
    link = one_time_links.reset_link(context, boss, "ADA")
    assert link.url.startswith(f"{context.settings.base_url}/?reset=")
    assert one_time_links.look(context, "reset", token(link)).username == "ada"
    assert resetting.set_password(context, token(link), NEW, None) == "ada"
    assert can_sign_in(context, "ada", NEW)
    assert sign_in.current_person(context, session) is None
    with pytest.raises(LinkUsedUp):
        resetting.set_password(context, token(link), PASSWORD, None)
    assert can_sign_in(context, "ada", NEW)


def test_a_link_is_kept_as_a_hash_and_told_nowhere(
    context: Context, boss: Person, ada: Person
) -> None:
    links = [
        one_time_links.reset_link(context, boss, "ada"),
        one_time_links.invite(context, boss, Role.MEMBER),
    ]
    with context.session() as session:
        told = repr([*session.exec(select(OneTimeLink)), *session.exec(select(AuditEvent)), links])
    for link in links:
        assert len(token(link)) >= 43  # 32 bytes
        assert token(link) not in told


def test_a_bad_password_leaves_the_link_as_it_is(
    context: Context, boss: Person, ada: Person
) -> None:
    link = one_time_links.reset_link(context, boss, "ada")
    with pytest.raises(InvalidInput):
        resetting.set_password(context, token(link), "short", None)
    assert resetting.set_password(context, token(link), NEW, None) == "ada"


@pytest.mark.parametrize("kind", ["reset", "invitation"])
def test_a_link_of_two_tabs_is_claimed_by_one(anywhere: Context, kind: str) -> None:
    boss = add_person(anywhere, "boss", admin=True)
    add_person(anywhere, "ada")
    reset = kind == "reset"
    link = (
        one_time_links.reset_link(anywhere, boss, "ada")
        if reset
        else one_time_links.invite(anywhere, boss, Role.MEMBER)
    )

    def use(number: int) -> bool:
        try:
            if reset:
                resetting.set_password(anywhere, token(link), f"{NEW} {number}", None)
            else:
                accept(anywhere, link, f"eve{number}")
        except LinkUsedUp:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1
    assert len(accounts.listed(anywhere, boss)) == (2 if reset else 3)


@pytest.mark.parametrize("text", ["", "nonsense", "a\0b", "ä" * 50])
def test_an_unknown_link_is_worth_nothing(context: Context, text: str) -> None:
    with pytest.raises(LinkUsedUp):
        one_time_links.look(context, "reset", text)
    with pytest.raises(LinkUsedUp):
        resetting.set_password(context, text, NEW, None)
    with pytest.raises(LinkUsedUp):
        registration.accept(context, text, "eve", "", NEW, None)


def test_a_link_is_good_for_what_it_was_made_for_only(
    context: Context, boss: Person, ada: Person
) -> None:
    reset = one_time_links.reset_link(context, boss, "ada")
    invitation = one_time_links.invite(context, boss, Role.MEMBER)
    with pytest.raises(LinkUsedUp):
        accept(context, reset)
    with pytest.raises(LinkUsedUp):
        resetting.set_password(context, token(invitation), NEW, None)


def test_links_expire(context: Context, clock: Clock, boss: Person, ada: Person) -> None:
    reset = one_time_links.reset_link(context, boss, "ada")
    clock.forward(hours=23, minutes=59)
    assert one_time_links.look(context, "reset", token(reset)).username == "ada"
    clock.forward(minutes=1)
    with pytest.raises(LinkUsedUp):
        resetting.set_password(context, token(reset), NEW, None)
    invitation = one_time_links.invite(context, boss, Role.MEMBER)
    assert invitation.expires_at == context.now() + timedelta(days=7)
    clock.forward(days=7, seconds=-1)
    assert one_time_links.look(context, "invitation", token(invitation)).role is Role.MEMBER
    clock.forward(seconds=1)
    with pytest.raises(LinkUsedUp):
        accept(context, invitation)
    assert one_time_links.invitations(context, boss) == []


def test_a_newer_reset_link_ends_the_older(context: Context, boss: Person, ada: Person) -> None:
    older, newer = (one_time_links.reset_link(context, boss, "ada") for _ in range(2))
    with pytest.raises(LinkUsedUp):
        one_time_links.look(context, "reset", token(older))
    assert one_time_links.look(context, "reset", token(newer)).username == "ada"


def test_what_changes_an_account_ends_its_links(
    context: Context, boss: Person, ada: Person
) -> None:
    def disable_and_enable() -> None:
        accounts.set_disabled(context, boss, "ada", True)
        accounts.set_disabled(context, boss, "ada", False)

    changes = [
        disable_and_enable,
        lambda: accounts.set_role(context, boss, "ada", Role.ADMIN),
        lambda: accounts.set_password(context, boss, "ada", NEW),
        lambda: accounts.end_sessions(context, boss, "ada"),
        lambda: own_account.change_password(context, ada, NEW, PASSWORD, ""),
        lambda: removing.delete(context, boss, "ada"),
    ]
    for change in changes:
        link = one_time_links.reset_link(context, boss, "ada")
        change()
        with pytest.raises(LinkUsedUp):
            one_time_links.look(context, "reset", token(link))


def test_who_is_no_admin_any_more_left_no_way_back(
    context: Context, boss: Person, ada: Person, bob: Person
) -> None:
    fallen = accounts.set_role(context, boss, "ada", Role.ADMIN)
    invitation = one_time_links.invite(context, fallen, Role.ADMIN)
    reset = one_time_links.reset_link(context, fallen, "bob")
    kept = one_time_links.invite(context, boss, Role.MEMBER)
    accounts.set_role(context, boss, "ada", Role.MEMBER)
    for kind, link in (("invitation", invitation), ("reset", reset)):
        with pytest.raises(LinkUsedUp):
            one_time_links.look(context, kind, token(link))  # type: ignore[arg-type]
    assert one_time_links.look(context, "invitation", token(kept)).role is Role.MEMBER


def test_a_disabled_account_gets_no_reset_link(context: Context, boss: Person, ada: Person) -> None:
    accounts.set_disabled(context, boss, "ada", True)
    with pytest.raises(InvalidInput, match="disabled"):
        one_time_links.reset_link(context, boss, "ada")


def test_an_invitation_opens_an_account_as_it_was_meant(context: Context, boss: Person) -> None:
    link = one_time_links.invite(context, boss, Role.ADMIN, "eve@example.org")
    eve = accept(context, link)
    assert (eve.username, eve.name, eve.email) == ("eve", "Eve", "eve@example.org")
    assert eve.role is Role.ADMIN
    assert can_sign_in(context, "eve", NEW)
    with pytest.raises(LinkUsedUp):
        accept(context, link, "mallory")


def test_a_taken_name_leaves_the_invitation_open(
    context: Context, boss: Person, ada: Person
) -> None:
    link = one_time_links.invite(context, boss, Role.MEMBER)
    with pytest.raises(InvalidInput, match="already"):
        accept(context, link, "ada")
    assert accept(context, link).username == "eve"


def test_an_invitation_does_not_ask_for_names_without_end(
    context: Context, boss: Person, ada: Person
) -> None:
    link = one_time_links.invite(context, boss, Role.MEMBER)
    for _ in range(throttle.FREE_BY_NAME + 1):
        with pytest.raises(InvalidInput):
            accept(context, link, "ada")
    with pytest.raises(TooManyTries):
        accept(context, link, "ada")


def test_open_invitations_are_listed_and_revoked(context: Context, boss: Person) -> None:
    link = one_time_links.invite(context, boss, Role.MEMBER, "eve@example.org")
    (waiting,) = one_time_links.invitations(context, boss)
    assert (waiting.email, waiting.made_by, waiting.role) == ("eve@example.org", "boss", "member")
    for wrong in ("", waiting.id[:4], "%" * 12, "0" * 12):
        with pytest.raises(NotFound):
            one_time_links.revoke_invitation(context, boss, wrong)
    one_time_links.revoke_invitation(context, boss, waiting.id)
    assert one_time_links.invitations(context, boss) == []
    with pytest.raises(LinkUsedUp):
        accept(context, link)


def test_while_registration_is_closed_no_invitation_works(context: Context, boss: Person) -> None:
    link = one_time_links.invite(context, boss, Role.MEMBER)
    decisions.decide(context, boss, Decisions(registration="closed"))
    with pytest.raises(InvalidInput, match="closed"):
        one_time_links.invite(context, boss, Role.MEMBER)
    with pytest.raises(InvalidInput, match="no new accounts"):
        accept(context, link)


def test_members_make_no_links(context: Context, ada: Person, bob: Person) -> None:
    for forbidden in (
        lambda: one_time_links.reset_link(context, ada, "bob"),
        lambda: one_time_links.invite(context, ada, Role.ADMIN),
        lambda: one_time_links.invitations(context, ada),
        lambda: one_time_links.revoke_invitation(context, ada, "0" * 12),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_a_link_that_outlived_its_account_is_worth_nothing(
    context: Context, boss: Person, ada: Person
) -> None:
    link = one_time_links.reset_link(context, boss, "ada")
    with context.session() as session:  # as another way to disable may leave it
        session.get_one(User, ada.id).disabled_at = context.now()
        session.commit()
    with pytest.raises(LinkUsedUp):
        one_time_links.look(context, "reset", token(link))
