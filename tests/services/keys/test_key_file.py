import stat
from pathlib import Path

import pytest

from ttt.errors import SettingsError
from ttt.services.keys.key_file import KeyFile
from ttt.services.keys.vault import Vault, new_secret


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secret.key"


def test_the_first_key_is_kept(path: Path) -> None:
    first = new_secret()
    assert KeyFile(path, first).secrets() == (first,)
    assert KeyFile(path, new_secret()).secrets() == (first,)


def test_a_key_of_an_older_version_without_a_line_end_is_read(path: Path) -> None:
    secret = new_secret()
    path.write_text(secret)
    assert KeyFile(path, new_secret()).secrets() == (secret,)


def test_a_running_process_sees_what_another_wrote(path: Path) -> None:
    old, new = new_secret(), new_secret()
    running, other = KeyFile(path, old), KeyFile(path, old)
    other.put_in_front(new)
    assert running.secrets() == (new, old)
    other.drop_former()
    assert running.secrets() == (new,)


def test_what_either_wrote_can_be_read_while_there_are_two(path: Path) -> None:
    file = KeyFile(path, new_secret())
    vault = Vault(file.secrets, file)
    before = vault.encrypt("hush")
    file.put_in_front(new_secret())
    after = vault.encrypt("hush")
    assert (vault.decrypt(before), vault.decrypt(after)) == ("hush", "hush")
    assert (vault.is_current(before), vault.is_current(after)) == (False, True)
    file.drop_former()
    assert (vault.decrypt(before), vault.decrypt(after)) == (None, "hush")


def test_a_written_file_is_its_owners_alone_and_nothing_is_left_beside_it(path: Path) -> None:
    KeyFile(path, new_secret()).put_in_front(new_secret())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_goes_away_or_bad_leaves_the_keys_as_they_were(path: Path) -> None:
    secret = new_secret()
    file = KeyFile(path, secret)
    path.write_text("spoilt")
    assert file.secrets() == (secret,)
    path.unlink()
    assert file.secrets() == (secret,)


@pytest.mark.parametrize("content", ["", "\n\n", "short", "changeme" * 8, "k" * 64])
def test_a_key_that_is_none_is_refused_and_not_repeated(path: Path, content: str) -> None:
    path.write_text(content)
    with pytest.raises(SettingsError, match="secret rotate") as refusal:
        KeyFile(path, new_secret())
    assert str(path) in str(refusal.value)
    assert not content.strip() or content not in str(refusal.value)


def test_a_bad_key_may_stand_below_a_good_one_to_be_got_rid_of(path: Path) -> None:
    good = new_secret()
    path.write_text(f"{good}\nchangeme\n")
    assert KeyFile(path, new_secret()).secrets() == (good, "changeme")
