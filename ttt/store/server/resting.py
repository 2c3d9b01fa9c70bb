"""A database that is left as it is for a while: what would change it is refused."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event

from ttt.errors import Maintenance

_CHANGES = re.compile(r"\s*(?:insert|update|delete|merge|copy|truncate)\b", re.IGNORECASE)


def refuse_changes(engine: Engine, resting: Callable[[Connection], bool]) -> Callable[[], None]:
    """Let statements that change rows raise Maintenance while `resting` says so.

    Returns what ends that. Reading goes on, and so do locks. `resting` is given the connection of
    the statement, as waiting for another one could be in vain.
    """

    def look(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if _CHANGES.match(statement) and resting(connection):
            raise Maintenance

    event.listen(engine, "before_cursor_execute", look)
    return lambda: event.remove(engine, "before_cursor_execute", look)
