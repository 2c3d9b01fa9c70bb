"""A connection to PostgreSQL that does not wait for ever."""

from typing import Any, ClassVar

import psycopg
from psycopg.errors import _WaitTimeout


class PatientConnection(psycopg.Connection[Any]):
    """Gives up on an answer after `patience` seconds (None: never), and is closed then.

    The server ends what takes too long by itself; one that hangs, or is cut off without a word,
    ends nothing. The connection is of no use afterwards, as the answer could still come.
    """

    GRACE: ClassVar[float] = 2.0
    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; OperationalError when it does not come."""
        patience = self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, patience)
        except _WaitTimeout:
            if timeout is not None:
                raise
            self.close()
            raise psycopg.OperationalError(
                f"the database did not answer within {patience:.0f} seconds"
            ) from None
