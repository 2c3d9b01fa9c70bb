"""Steps of background work that outlive an outage of the database."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from dbos import DBOS
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from ttt.errors import StoreError

_ATTEMPTS, _FIRST_WAIT = 10, 1.0  # seconds, doubled each time: 8 minutes in all
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def step(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a step of a function; while the database is away it is tried again.

    A step can run twice anyway, when its process dies before its result is kept.
    """
    made: Any = DBOS.step(
        retries_allowed=True,
        interval_seconds=_FIRST_WAIT,
        max_attempts=_ATTEMPTS,
        should_retry=is_passing,
    )(function)
    return made  # type: ignore[no-any-return]


def is_passing(error: BaseException) -> bool:
    """Whether a failure is the database's, and may be over soon."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, StoreError | OperationalError | InterfaceError)
