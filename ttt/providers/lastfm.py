"""Last.fm: listeners, playcount and genres by artist and title, with a free key."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from ttt.errors import ProviderError, ProviderNonsense, ProviderRefused, ProviderUnavailable
from ttt.found import Finding, Kind, Reach, Source, Wanted
from ttt.providers import genres, identity, values
from ttt.providers.clock import USUAL_WAIT
from ttt.providers.http import Client
from ttt.providers.online import OneByOne
from ttt.providers.words import same

# Errors are told in the body, under any of these.
_ANSWERS = (HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
_MEASURES = {"listeners": Reach.LASTFM_LISTENERS, "playcount": Reach.LASTFM_PLAYCOUNT}
_MOST_PLAYS = 1e12


class LastFm(OneByOne):
    """One answer holds listeners, playcount and tags, so it serves both kinds."""

    source = Source.LASTFM
    kinds = frozenset({Kind.POPULARITY, Kind.GENRES})

    def __init__(self, client: Client, url: str, key: str) -> None:
        super().__init__(client, url)
        self._key = key
        if not key:
            self.why_off = "Last.fm needs an API key: TTT_LASTFM_KEY is not set."

    def _find(self, track: Wanted) -> Finding | None:
        if not track.artist or not track.title:
            return None
        said = self._info(track.artist, track.title)
        if "error" in said:
            fault = self._fault(said["error"])
            if fault is not None:
                raise fault
            return None
        info = said.get("track")
        if not isinstance(info, dict):
            raise ProviderNonsense(self.source)
        if not _is(info, track.artist, track.title):
            return None
        return _finding(info, track.artist)

    def _info(self, artist: str, title: str) -> dict[str, Any]:
        params = {
            "method": "track.getInfo",
            "artist": artist,
            "track": title,
            "autocorrect": "1",
            "api_key": self._key,
            "format": "json",
        }
        return self._client.get(self.source, f"{self._url}/2.0/", params, _ANSWERS).fields()

    def _fault(self, code: object) -> ProviderError | None:
        """What an error means, None for a track that is not known."""
        match code:
            case 6 | 7:
                return None
            case 29:
                return self._client.blocked(self.source, USUAL_WAIT)
            case 4 | 10 | 26:
                return ProviderRefused(self.source)
            case 8 | 11 | 16:
                return ProviderUnavailable(self.source)
        return ProviderNonsense(self.source)


def _is(info: Mapping[str, Any], artist: str, title: str) -> bool:
    named, by = info.get("name"), _names(info.get("artist"))
    return isinstance(named, str) and same(named, title) and any(same(n, artist) for n in by)


def _finding(info: Mapping[str, Any], artist: str) -> Finding | None:
    counts = {m: values.count(info.get(name), _MOST_PLAYS) for name, m in _MEASURES.items()}
    reach = {measure: count for measure, count in counts.items() if count is not None}
    tags = info.get("toptags")
    found = genres.from_tags(_names(tags.get("tag") if isinstance(tags, dict) else None), [artist])
    if not reach and not found:
        return None
    return Finding(identity.own_id(info.get("mbid")), reach=reach, genres=found)


def _names(said: object) -> list[str]:
    """Names of a list, or of what stands alone: its JSON was XML, where that is no difference."""
    parts = said if isinstance(said, list) else [said]
    names = (part.get("name") if isinstance(part, dict) else part for part in parts)
    return [name for name in names if isinstance(name, str)]
