import pytest

from ttt.errors import InvalidInput
from ttt.services.accounts import passwords

GOOD = "correct horse battery"


def test_a_password_matches_its_own_hash_only() -> None:
    hash_ = passwords.make_hash(GOOD, "ada")
    assert passwords.matches(GOOD, hash_)
    assert not passwords.matches(GOOD.upper(), hash_)
    assert not passwords.matches("", hash_)


def test_no_hash_matches_nothing() -> None:
    assert not passwords.matches(GOOD, "")
    assert not passwords.matches("", "")


def test_each_hash_is_salted() -> None:
    assert passwords.make_hash(GOOD, "ada") != passwords.make_hash(GOOD, "ada")


def test_spaces_around_are_ignored_as_the_form_does() -> None:
    assert passwords.matches(f"{GOOD}\n", passwords.make_hash(f"  {GOOD} ", "ada"))


@pytest.mark.parametrize("length", [71, 72])
def test_up_to_72_bytes_count_each(length: int) -> None:
    password = (GOOD * 4)[: length - 2] + "é"
    hash_ = passwords.make_hash(password, "ada")
    assert passwords.matches(password, hash_)
    assert not passwords.matches(password + "y", hash_)
    assert not passwords.matches(password[:-1] + "è", hash_)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "at least 10"),
        ("short one", "at least 10"),
        ("         x         ", "at least 10"),
        ("x" * 73, "at most 72 bytes"),
        ("é" * 37, "at most 72 bytes"),
        ("my name is ada.LOVELACE here", "username"),
        ("countess Ada King wrote it", "the name"),
        ("lovelace.ada", "your name or mail"),
        ("aaaaaaaaaaaaaaaa", "repeats"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        passwords.make_hash(password, "ada.lovelace", "Ada King", "ada@example.org")
    assert said in caught.value.reason


def test_a_name_of_two_letters_may_stand_in_a_word() -> None:
    assert passwords.make_hash("always correct horses", "al", "Al")


def test_a_password_that_was_accepted_before_rules_changed_still_opens() -> None:
    hash_ = passwords.hashed("short")
    assert passwords.matches("short", hash_)


def test_generated_passwords_are_good_and_differ() -> None:
    one, two = passwords.generate(), passwords.generate()
    assert one != two
    assert len(one) == 20
    assert passwords.matches(one, passwords.make_hash(one, "admin"))


def test_the_hash_costs_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert passwords.make_hash(GOOD, "ada").startswith("$2b$04$")
    hash_ = passwords.make_hash(GOOD, "ada")
    assert not passwords.is_outdated(hash_)
    monkeypatch.setattr(passwords, "ROUNDS", 5)
    assert passwords.is_outdated(hash_)
    assert passwords.make_hash(GOOD, "ada").startswith("$2b$05$")


def test_ten_characters_that_are_hard_to_guess_are_enough() -> None:
    ten = "zV7!qk#2Pw"
    assert passwords.matches(ten, passwords.make_hash(ten, "ada"))
    with pytest.raises(InvalidInput, match="at least 10"):
        passwords.make_hash(ten[:9], "ada")
