"""What an account's username, name and mail may be."""

import re

from ttt.errors import InvalidInput

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")


def username(text: str) -> str:
    """Case-folded username; InvalidInput when it is none."""
    username = text.strip().casefold()
    if not _USERNAME.fullmatch(username):
        raise InvalidInput(
            "A username has 2 to 64 letters a-z, digits, dots, dashes or underscores."
        )
    return username


def name(text: str) -> str:
    """Name without blanks around it; InvalidInput when it is none."""
    name = text.strip()
    if not 1 <= len(name) <= 120 or not name.isprintable():
        raise InvalidInput("A name has 1 to 120 printable characters.")
    return name


def email(text: str) -> str:
    """Mail address, or nothing; InvalidInput when it is neither."""
    email = text.strip()
    if email and (len(email) > 254 or not email.isprintable() or not _EMAIL.fullmatch(email)):
        raise InvalidInput("That is not a mail address.")
    return email
