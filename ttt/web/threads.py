"""Threads for routes that ask the database."""

from collections.abc import Callable
from functools import cache, partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

_AT_ONCE = 16
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


async def in_thread(
    function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Call a function in a thread other than those that serve files, as a database can hang."""
    return await to_thread.run_sync(partial(function, *args, **kwargs), limiter=_limiter())


@cache
def _limiter() -> CapacityLimiter:
    return CapacityLimiter(_AT_ONCE)
