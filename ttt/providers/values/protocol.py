"""What every provider of values looks like."""

from collections.abc import Sequence
from typing import Protocol

from ttt.found import Finding, Kind, Source, Wanted


class Provider(Protocol):
    """Somebody who can be asked about tracks; `why_off` is a sentence when it cannot be now."""

    source: Source
    kinds: frozenset[Kind]
    batch: int
    why_off: str | None

    def look_up(self, kind: Kind, wanted: Sequence[Wanted]) -> dict[str, Finding]:
        """Ask about at most `batch` tracks in one request; findings come by Spotify id.

        A track that is absent is a miss. Where one answer serves several kinds, a finding carries
        them all, so that `answers` tells whether it is a miss for the kind asked for. Raises
        ProviderError.
        """


def answers(finding: Finding, kind: Kind) -> bool:
    """Whether a finding says anything of a kind; a rank or listeners count as popularity."""
    match kind:
        case Kind.FEATURES:
            return finding.features is not None
        case Kind.POPULARITY:
            return finding.popularity is not None or bool(finding.reach)
        case Kind.GENRES:
            return bool(finding.genres)
