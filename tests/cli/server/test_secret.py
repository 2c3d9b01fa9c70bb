import pytest

from tests.cli.conftest import Run
from ttt.cli.server import secret
from ttt.services.keys.vault import new_secret


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret, "_settle", lambda: None)


def test_a_new_key_is_printed(run: Run) -> None:
    result = run("secret", "new")
    assert result.exit_code == 0
    assert len(result.stdout.strip()) >= 32


def test_the_key_is_changed(run: Run, ada: str) -> None:
    result = run("secret", "rotate")
    assert result.exit_code == 0
    assert "1 secret put under the new key." in result.stdout
    assert "The former key is gone." in result.stdout
    assert run("users", "list").exit_code == 0


def test_a_key_from_outside_is_changed_in_steps(
    run: Run, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = new_secret()
    monkeypatch.setenv("TTT_SECRET_KEY", former)
    result = run("secret", "rotate")
    assert result.exit_code == 1
    assert "TTT_SECRET_KEY_OLD" in result.stderr
    monkeypatch.setenv("TTT_SECRET_KEY", new_secret())
    monkeypatch.setenv("TTT_SECRET_KEY_OLD", former)
    result = run("secret", "rotate")
    assert result.exit_code == 0
    assert "Nothing needs TTT_SECRET_KEY_OLD any more" in result.stdout
