"""What an account may do."""

from enum import StrEnum


class Role(StrEnum):
    """An admin manages accounts; a member has lists of their own."""

    MEMBER = "member"
    ADMIN = "admin"
