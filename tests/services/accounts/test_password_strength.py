import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.services.accounts.password_strength import weakness


@pytest.mark.parametrize(
    "password",
    # The last one is as strong as it must be, and no stronger.
    [
        "correct horse battery",
        "another good passphrase",
        "a new long one",
        "vK9$mQz2!pLw",
        "winter kettle",
    ],
)
def test_a_strong_password_has_no_weakness(password: str) -> None:
    assert weakness(password, []) is None


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("password123", "first that are tried"),
        ("p@ssword2024", "much like a password"),
        ("aaaaaaaaaaaaaaaa", "repeats"),
        ("abcdefghijklmn", "sequence"),
        ("qazwsxedcrfv", "first that are tried"),
        ("13.05.1987", "date"),
        ("ada lovelace", "your name or mail"),
        ("ada1815@example.org", "your name or mail"),
    ],
)
def test_a_weak_one_is_told_what_is_wrong_and_what_to_do(password: str, said: str) -> None:
    words = weakness(password, ["ada1815", "Ada Lovelace", "ada1815@example.org"])
    assert words is not None
    assert said in words
    assert "four words" in words


@given(st.text(min_size=1, max_size=72), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_has_an_answer(password: str, about: list[str]) -> None:
    words = weakness(password, about)
    assert words is None or words.endswith(".")


@pytest.mark.slow
def test_the_dictionaries_are_loaded_only_when_a_password_is_set() -> None:
    code = "import sys; import ttt.services.accounts.accounts; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_known_of_one_person_weakens_nobody_elses_password(
    request: pytest.FixtureRequest,
) -> None:
    switching = sys.getswitchinterval()
    request.addfinalizer(lambda: sys.setswitchinterval(switching))
    sys.setswitchinterval(1e-6)  # so that threads would come between without the lock

    def is_strong(about: str) -> bool:
        return weakness("quastenflosser", [about]) is None

    alternately = ["quastenflosser", "nobody"] * 20
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(is_strong, alternately))
    assert answers == [about == "nobody" for about in alternately]


def test_only_the_start_of_a_long_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def zxcvbn(password: str, user_inputs: list[str]) -> dict[str, int]:
        read.extend([password, *user_inputs])
        return {"score": 4}

    monkeypatch.setattr("zxcvbn.zxcvbn", zxcvbn)
    assert weakness("x7" * 36, ["lovelace" * 30]) is None
    assert {len(text) for text in read} == {32}
