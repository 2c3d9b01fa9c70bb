import json
from typing import Any

import pytest

from tests.cli.conftest import PASSWORD, Run
from ttt.jobs import queue
from ttt.services.accounts import accounts
from ttt.services.context import Context, open_context
from ttt.services.doors import one_time_links, registration, resetting, sign_in
from ttt.settings import load

NEW = "another long one"


def context() -> Context:
    return open_context(load())


def records(run: Run, *words: str) -> list[dict[str, Any]]:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def token(url: str) -> str:
    return url.strip().partition("=")[2]


def test_an_invitation_opens_an_account(run: Run) -> None:
    result = run("users", "invite", "--admin", "--email", "eve@example.org")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{load().base_url}/?invitation=")
    assert result.stdout.count("\n") == 1
    assert "not shown again" in result.stderr
    eve = registration.accept(context(), token(result.stdout), "eve", "", NEW, None)
    assert (eve.is_admin, eve.email) == (True, "eve@example.org")


def test_a_reset_link_sets_a_password(run: Run, ada: str) -> None:
    result = run("users", "reset-link", "ADA")
    assert resetting.set_password(context(), token(result.stdout), NEW, None) == "ada"
    assert sign_in.check_password(context(), "ada", NEW, None) is not None


def test_invitations_are_listed_without_links_and_revoked(run: Run) -> None:
    link = token(run("users", "invite").stdout)
    listed = run("invitations", "list", "--format", "json")
    (invitation,) = json.loads(listed.stdout)
    assert (invitation["role"], invitation["made_by"]) == ("member", "command line")
    assert link not in listed.stdout
    assert run("invitations", "revoke", invitation["id"]).exit_code == 0
    assert records(run, "invitations", "list") == []
    again = run("invitations", "revoke", invitation["id"])
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)
    assert "no such invitation" in again.stderr


def test_an_account_is_deleted_when_that_is_confirmed(run: Run, ada: str) -> None:
    assert run("users", "delete", "ada", input="n\n").exit_code == 1
    queue.start(context(), accounts.find(context(), "ada").id, ["4uLU6hMCjMI75M1A2tKUQC"], "job")
    result = run("users", "delete", "ADA", "--yes")
    assert (result.exit_code, result.stdout) == (0, "ada is deleted.\n")
    assert records(run, "jobs", "list") == []
    assert run("users", "delete", "ada", "--yes").exit_code == 1
    assert "ada" not in run("audit", "--format", "csv").stdout


def test_the_last_admin_is_not_deleted(run: Run) -> None:
    run("users", "add", "root", "--admin", "--password-stdin", input=PASSWORD)
    result = run("users", "delete", "root", "--yes")
    assert result.exit_code == 1
    assert "last admin" in result.stderr


def test_an_account_is_signed_out_everywhere(run: Run, ada: str) -> None:
    services = context()
    ticket = sign_in.issue_ticket(services, accounts.find(services, "ada"), "/")
    redeemed = sign_in.redeem_ticket(services, ticket, None)
    assert redeemed is not None
    assert run("users", "sign-out", "ada").stdout == "ada is signed out everywhere.\n"
    assert sign_in.current_person(services, redeemed[0]) is None


def test_a_second_factor_is_asked_of_admins_or_not(run: Run) -> None:
    assert run("second-factor", "show").stdout == "optional\n"
    assert run("second-factor", "require").exit_code == 0
    assert run("second-factor", "show").stdout == "required\n"
    assert run("second-factor", "waive").exit_code == 0
    assert run("second-factor", "show").stdout == "optional\n"


def test_registration_is_shown_and_set(run: Run) -> None:
    assert run("registration", "show").stdout == "invitation\n"
    assert run("registration", "set", "closed").exit_code == 0
    assert run("registration", "show").stdout == "closed\n"
    assert run("users", "invite").exit_code == 1
    assert run("registration", "set", "sometimes").exit_code == 2


def test_a_banner_is_set_shown_and_cleared(run: Run) -> None:
    assert run("registration", "set", "open").exit_code == 0
    assert run("banner", "set", "Back\n at *noon*").exit_code == 0
    assert run("banner", "show").stdout == "Back at *noon*\n"
    run("banner", "clear")
    assert run("banner", "show").stdout == "\n"
    assert run("banner", "set", " ").stdout == run("banner", "clear").stdout
    assert run("registration", "show").stdout == "open\n"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], ["account disabled", "account added"]),
        (["--person", "ADA", "--action", "account added"], ["account added"]),
        (["--words", "disabled"], ["account disabled"]),
        (["--from", "2020-01-01", "--to", "2020-12-31"], []),
        (["--from", "2020-01-01"], ["account disabled", "account added"]),
    ],
)
def test_the_trail_is_filtered(run: Run, ada: str, options: list[str], found: list[str]) -> None:
    run("users", "disable", "ada")
    assert [event["action"] for event in records(run, "audit", *options)] == found


def test_a_day_that_is_none_is_refused(run: Run) -> None:
    assert run("audit", "--from", "yesterday").exit_code == 2


def test_the_trail_does_not_hold_links(run: Run, ada: str) -> None:
    links = [run("users", "invite"), run("users", "reset-link", "ada")]
    trail = run("audit", "--format", "json").stdout
    assert not any(token(link.stdout) in trail for link in links)


def test_an_unknown_account_is_told(run: Run) -> None:
    for command in (["reset-link"], ["sign-out"], ["delete", "--yes"]):
        result = run("users", command[0], "nobody", *command[1:])
        assert result.exit_code == 1
        assert "no such account" in result.stderr
    assert one_time_links.invitations(context(), accounts.operator(context())) == []
