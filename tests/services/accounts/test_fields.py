import pytest

from ttt.errors import InvalidInput
from ttt.services.accounts import fields


def test_a_name_may_have_120_characters_and_no_more() -> None:
    assert fields.name(" " + "x" * 120 + " ") == "x" * 120
    assert fields.name("x") == "x"
    for bad in ("x" * 121, "", "   ", "a\x00b"):
        with pytest.raises(InvalidInput, match="1 to 120"):
            fields.name(bad)


def test_a_mail_address_may_have_254_characters_and_no_more() -> None:
    longest = "a@" + "b" * 248 + ".org"
    assert fields.email(longest) == longest
    with pytest.raises(InvalidInput, match="mail address"):
        fields.email("a@" + "b" * 249 + ".org")


def test_a_username_has_2_to_64_characters() -> None:
    assert [fields.username(one) for one in ("ab", "x" * 64)] == ["ab", "x" * 64]
    for bad in ("a", "x" * 65):
        with pytest.raises(InvalidInput, match="2 to 64"):
            fields.username(bad)
