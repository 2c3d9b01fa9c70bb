"""The services' context in a process that works."""

from ttt.services.context import Context

_context: Context | None = None


def context() -> Context:
    """Dependencies of the services."""
    if _context is None:
        raise RuntimeError("no jobs are run in this process")
    return _context


def use(context: Context | None) -> None:
    """Let the workflows of this process use these dependencies."""
    global _context  # noqa: PLW0603  # DBOS calls workflows with their own arguments only
    _context = context
