"""What became of requests for values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a request, or of several.

    `trouble` says in words what went wrong, and `blocked` that asking on would be in vain.
    """

    requests: int = 0
    hits: int = 0
    misses: int = 0
    trouble: str | None = None
    blocked: bool = False

    def __add__(self, later: "Asked") -> "Asked":
        """Both together; what went wrong last counts."""
        return Asked(
            self.requests + later.requests,
            self.hits + later.hits,
            self.misses + later.misses,
            later.trouble or self.trouble,
            later.blocked,
        )
