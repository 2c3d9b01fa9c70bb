"""What all providers that are asked over the network have in common."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from ttt.errors import ProviderRefused
from ttt.found import Finding, Kind, Source, Wanted
from ttt.providers.http import Client


class Online(ABC):
    """A service at a base address; a kind says what is asked for in one request."""

    source: Source
    kinds: frozenset[Kind]
    batch: int
    why_off: str | None = None

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url

    def look_up(self, kind: Kind, wanted: Sequence[Wanted]) -> dict[str, Finding]:
        """Make one request, or none when nothing that was given names the tracks."""
        if kind not in self.kinds or len(wanted) > self.batch:
            raise ValueError(f"{self.source} gives {sorted(self.kinds)}, {self.batch} at a time")
        if self.why_off is not None:
            raise ProviderRefused(self.source)
        return self._ask(kind, wanted) if wanted else {}

    @abstractmethod
    def _ask(self, kind: Kind, wanted: Sequence[Wanted]) -> dict[str, Finding]:
        """Ask about at least one track."""


class OneByOne(Online):
    """A service that is asked about a single track, and tells all that it knows of it."""

    batch = 1

    def _ask(self, kind: Kind, wanted: Sequence[Wanted]) -> dict[str, Finding]:  # noqa: ARG002
        [track] = wanted
        finding = self._find(track)
        return {} if finding is None else {track.spotify_id: finding}

    @abstractmethod
    def _find(self, track: Wanted) -> Finding | None:
        """Look a track up, None when the service does not know it."""
