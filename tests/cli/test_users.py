import csv
import io
import json

import pyotp
import pytest

from tests.cli.conftest import PASSWORD, Run
from ttt.services.accounts import accounts
from ttt.services.context import open_context
from ttt.services.doors import second_factor, sign_in
from ttt.settings import load


def can_sign_in(username: str, password: str) -> bool:
    return sign_in.check_password(open_context(load()), username, password, None) is not None


def listed(run: Run) -> list[dict[str, object]]:
    result = run("users", "list", "--format", "json")
    assert result.exit_code == 0
    records: list[dict[str, object]] = json.loads(result.stdout)
    return records


def test_an_account_is_added_with_the_password_from_standard_input(run: Run) -> None:
    options = ["--admin", "--email", "ada@example.org", "--password-stdin"]
    result = run("users", "add", "Ada", *options, input=f"{PASSWORD}\r\n")
    assert (result.exit_code, result.stdout) == (0, "Opened the account ada.\n")
    (account,) = listed(run)
    assert account.pop("created_at")
    assert account == {
        "username": "ada",
        "name": "ada",
        "email": "ada@example.org",
        "role": "admin",
        "disabled": False,
        "second_factor": False,
        "last_seen_at": None,
    }
    assert can_sign_in("ada", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("ada", "short", "at least 10 characters"),
        ("a b", PASSWORD, "username"),
        ("ada", b"\xff" * 12, "UTF-8"),
    ],
)
def test_a_bad_account_is_refused_in_one_line(
    run: Run, name: str, password: str | bytes, said: str
) -> None:
    result = run("users", "add", name, "--password-stdin", input=password)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert listed(run) == []


def test_a_name_is_taken_once(run: Run, ada: str) -> None:
    result = run("users", "add", ada, "--password-stdin", input=PASSWORD)
    assert result.exit_code == 1
    assert "already" in result.stderr


def test_without_a_terminal_the_password_has_to_come_from_standard_input(run: Run) -> None:
    result = run("users", "add", "ada", input=PASSWORD)
    assert result.exit_code == 1
    assert "--password-stdin" in result.stderr


def test_a_table_has_a_line_an_account(run: Run, ada: str) -> None:
    run("users", "add", "x" * 60, "--password-stdin", input=PASSWORD)
    header, first, second = run("users", "list").stdout.splitlines()
    assert header.split()[:4] == ["username", "name", "email", "role"]
    assert first.split()[0] == "ada"
    assert second.split()[0] == "x" * 60


def test_an_export_is_csv_without_passwords(run: Run, ada: str) -> None:
    result = run("users", "export")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["username"], row["role"], row["disabled"]) == ("ada", "member", "False")
    assert not any("password" in column for column in row)
    assert "$2b$" not in result.stdout
    assert json.loads(run("users", "export", "--format", "json").stdout) == listed(run)
    assert run("users", "list", "--format", "csv").stdout == result.stdout


def test_an_account_is_disabled_and_enabled(run: Run, ada: str) -> None:
    assert run("users", "disable", "ADA").stdout == "ada is disabled.\n"
    assert listed(run)[0]["disabled"] is True
    assert not can_sign_in("ada", PASSWORD)
    assert run("users", "enable", "ada").stdout == "ada is enabled.\n"
    assert can_sign_in("ada", PASSWORD)


def test_a_password_is_set(run: Run, ada: str) -> None:
    result = run("users", "set-password", "ada", "--password-stdin", input="another long one")
    assert result.exit_code == 0
    assert can_sign_in("ada", "another long one")
    assert "another" not in result.output


def test_a_role_is_set_but_the_last_admin_stays(run: Run, ada: str) -> None:
    assert run("users", "set-role", "ada", "admin").stdout == "ada is an admin now.\n"
    assert accounts.find(open_context(load()), "ada").is_admin
    result = run("users", "set-role", "ada", "member")
    assert result.exit_code == 1
    assert "last admin" in result.stderr
    assert run("users", "set-role", "ada", "king").exit_code == 2


def test_an_unknown_account_is_told(run: Run) -> None:
    for command in (["disable"], ["enable"], ["set-password", "--password-stdin"]):
        result = run("users", command[0], "nobody", *command[1:], input=PASSWORD)
        assert result.exit_code == 1
        assert "no such account" in result.stderr


def test_a_second_factor_is_reset(run: Run, ada: str) -> None:
    context = open_context(load())
    person = accounts.find(context, ada)
    secret = second_factor.begin(context, person, PASSWORD).secret
    second_factor.confirm(context, person, secret, pyotp.TOTP(secret).at(context.now()), "")
    result = run("users", "reset-second-factor", "Ada")
    assert (result.exit_code, result.stderr) == (0, "")
    assert not accounts.find(context, ada).second_factor
