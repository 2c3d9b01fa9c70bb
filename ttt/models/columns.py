"""How the tables keep times of plays and members of enums, as small as they can be, and keys."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.types import TypeDecorator

from ttt.plays import Counts, PlaySource

COUNTED: Final = {"autoincrement": True}
"""For a number that counts up and stands behind the person in the key; on SQLite it is the key."""


class WholeSeconds(TypeDecorator[datetime]):
    """An aware time as seconds since 1970: a quarter of the room, and compared as a number."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Any) -> int | None:
        """Seconds of an aware datetime; whole seconds are taken as they are."""
        if value is None or isinstance(value, int):
            return value
        if value.tzinfo is None:
            raise ValueError("a time of a play needs its zone")
        return int(value.timestamp())

    def process_result_value(self, value: Any, _dialect: Any) -> datetime | None:
        """The aware datetime in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


class SmallEnum(TypeDecorator[Any]):
    """A member of an IntEnum as a small number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, members: type[PlaySource] | type[Counts]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Any, _dialect: Any) -> int | None:
        """The number of a member."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, _dialect: Any) -> Any:
        """The member of a number."""
        return None if value is None else self.members(value)
