"""Deezer: tempo and rank by ISRC, without a key; its errors come as HTTP 200."""

from collections.abc import Mapping
from typing import Any

from ttt.errors import ProviderError, ProviderNonsense, ProviderRefused, ProviderUnavailable
from ttt.found import Finding, FoundFeatures, Kind, Reach, Source, Wanted
from ttt.providers import identity, values
from ttt.providers.online import OneByOne

# About 50 requests per 5 seconds are allowed; twice that lets other processes notice too.
_PAUSE = 10
_HIGHEST_RANK = 1_000_000


class Deezer(OneByOne):
    """One answer holds tempo (0 for unknown) and rank, so it serves both kinds."""

    source = Source.DEEZER
    kinds = frozenset({Kind.FEATURES, Kind.POPULARITY})

    def _find(self, track: Wanted) -> Finding | None:
        isrc = identity.isrc(track.isrc)
        if isrc is None:
            return None
        said = self._client.get(self.source, f"{self._url}/track/isrc:{isrc}").fields()
        if error := said.get("error"):
            fault = self._fault(error.get("code") if isinstance(error, dict) else None)
            if fault is not None:
                raise fault
            return None
        if identity.own_id(said.get("id")) is None:
            raise ProviderNonsense(self.source)
        return _finding(said)

    def _fault(self, code: object) -> ProviderError | None:
        """What an error means, None for a track that is not known."""
        match code:
            case 800:
                return None
            case 4:
                return self._client.blocked(self.source, _PAUSE)
            case 200 | 300 | 901:
                return ProviderRefused(self.source)
            case 700:
                return ProviderUnavailable(self.source)
        return ProviderNonsense(self.source)


def _finding(said: Mapping[str, Any]) -> Finding | None:
    tempo = values.tempo(said.get("bpm"))
    rank = values.number(said.get("rank"), 0, _HIGHEST_RANK)
    if tempo is None and rank is None:
        return None
    return Finding(
        provider_id=identity.own_id(said["id"]),
        features=FoundFeatures(tempo=tempo) if tempo is not None else None,
        reach={Reach.DEEZER_RANK: rank} if rank is not None else {},
    )
