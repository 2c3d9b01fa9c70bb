"""Deezer: tempo and rank by ISRC, without a key; its errors come as HTTP 200."""

from collections.abc import Mapping
from typing import Any

from ttt.errors import ProviderError, ProviderNonsense, ProviderRefused, ProviderUnavailable
from ttt.found import Finding, FoundFeatures, Kind, Reach, Source, Wanted
from ttt.providers import identity
from ttt.providers import numbers as values
from ttt.providers.http import Client
from ttt.providers.values.online import OneByOne

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
            fault = told(self._client, error)
            if fault is not None:
                raise fault
            return None
        if not _is_track(said):
            raise ProviderNonsense(self.source)
        return _finding(said)


def _is_track(said: Mapping[str, Any]) -> bool:
    """Whether an answer says what it is about: an odd id is none of its values."""
    named = identity.isrc(said.get("isrc")) or isinstance(said.get("title"), str)
    return bool(named) or identity.own_id(said.get("id")) is not None


def told(client: Client, error: object) -> ProviderError | None:
    """What an error within an answer means, None for what is not known."""
    match error.get("code") if isinstance(error, dict) else None:
        case 800:
            return None
        case 4:
            return client.blocked(Source.DEEZER, _PAUSE)
        case 200 | 300 | 901:
            return ProviderRefused(Source.DEEZER)
        case 700:
            return ProviderUnavailable(Source.DEEZER)
    return ProviderNonsense(Source.DEEZER)


def _finding(said: Mapping[str, Any]) -> Finding | None:
    tempo = values.tempo(said.get("bpm"))
    rank = values.number(said.get("rank"), 0, _HIGHEST_RANK)
    if tempo is None and rank is None:
        return None
    return Finding(
        provider_id=identity.own_id(said.get("id")),
        features=FoundFeatures(tempo=tempo) if tempo is not None else None,
        reach={Reach.DEEZER_RANK: rank} if rank is not None else {},
    )
