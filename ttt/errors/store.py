"""The database could not be used."""

from ttt.errors.base import TTTError


class StoreError(TTTError):
    """The database could not be used; what was to be changed is as it was before."""


class StoreBusy(StoreError):
    """Others held the database longer than one waits, or use up its connections."""


class StoreAway(StoreError):
    """The database does not answer, or its file cannot be opened."""


class StoreFull(StoreError):
    """There is no room left where the database is."""


class StoreReadOnly(StoreError):
    """The database takes no changes."""


class Maintenance(StoreError):
    """Whoever runs the server lets nobody change anything for a while."""
