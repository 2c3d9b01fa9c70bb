import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ttt.errors import SettingsError
from ttt.services.keys.vault import Vault, fingerprint, new_secret, open_vault
from ttt.settings import Settings

# pragma: allowlist nextline secret
ONE, TWO = "fYtB-1vM3kQzLw8Xn5RpHs2Jd7Gc0AeU", "o9Iu6TrW-4qPxZaSdFgHjKlCvBnM1y2E"


@pytest.fixture
def folder(settings: Settings) -> Path:
    settings.data_dir.mkdir()
    return settings.data_dir


def with_secret(settings: Settings, secret: str) -> Vault:
    return open_vault(Settings(secret_key=secret, data_dir=settings.data_dir))


def test_what_is_encrypted_comes_back(settings: Settings, folder: Path) -> None:
    vault = open_vault(settings)
    encrypted = vault.encrypt("hush, é")
    assert "hush" not in encrypted
    assert vault.decrypt(encrypted) == "hush, é"
    assert vault.encrypt("hush, é") != encrypted


@pytest.mark.parametrize("nonsense", ["", "nonsense", "gAAAAA=="])
def test_what_was_not_encrypted_here_is_nothing(
    settings: Settings, folder: Path, nonsense: str
) -> None:
    assert open_vault(settings).decrypt(nonsense) is None


def test_another_key_opens_nothing(settings: Settings) -> None:
    one, two = with_secret(settings, ONE), with_secret(settings, TWO)
    encrypted = one.encrypt("hush")
    assert two.decrypt(encrypted) is None
    assert with_secret(settings, ONE).decrypt(encrypted) == "hush"


def test_a_key_is_made_once_and_for_its_owner_only(settings: Settings, folder: Path) -> None:
    encrypted = open_vault(settings).encrypt("hush")
    path = folder / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_vault(settings).decrypt(encrypted) == "hush"
    assert list(folder.iterdir()) == [path]


def test_processes_that_start_together_share_the_key(settings: Settings, folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(open_vault, [settings] * 8))
    encrypted = vaults[0].encrypt("hush")
    assert {vault.decrypt(encrypted) for vault in vaults} == {"hush"}


def test_a_key_from_the_settings_is_not_written_down(settings: Settings, folder: Path) -> None:
    with_secret(settings, ONE)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 8])
def test_a_file_that_is_no_key_is_refused(settings: Settings, folder: Path, content: bytes) -> None:
    (folder / "secret.key").write_bytes(content)
    with pytest.raises(SettingsError, match=r"secret\.key"):
        open_vault(settings)


def test_a_folder_that_cannot_hold_a_key_is_told(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="TTT_DATA_DIR"):
        open_vault(settings)


def test_keys_for_other_purposes_differ(settings: Settings) -> None:
    vault = with_secret(settings, ONE)
    keys = {vault.derived_key("a"), vault.derived_key("b")}
    assert len(keys) == 2
    assert {len(key) for key in keys} == {32}
    assert with_secret(settings, ONE).derived_key("a") in keys


def test_a_vault_shows_nothing(settings: Settings) -> None:
    assert repr(with_secret(settings, ONE)) == "Vault(...)"


def test_secrets_are_long_and_random() -> None:
    assert len(new_secret()) >= 32
    assert new_secret() != new_secret()


def test_a_fingerprint_is_sha_256() -> None:
    assert fingerprint("abc").startswith("ba7816bf")
    assert len(fingerprint("x")) == 64


def test_a_key_is_being_changed_while_a_former_one_is_read(settings: Settings) -> None:
    given = {"data_dir": settings.data_dir, "secret_key": ONE}
    assert not open_vault(Settings(**given)).rotating
    assert open_vault(Settings(**given, secret_key_old=TWO)).rotating
