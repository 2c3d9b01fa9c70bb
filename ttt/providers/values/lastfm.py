"""Last.fm: listeners, playcount and genres by artist and title, with a free key."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from ttt.errors import ProviderError, ProviderNonsense, ProviderRefused, ProviderUnavailable
from ttt.found import Finding, Kind, Reach, Source, Wanted
from ttt.names import same
from ttt.providers import genres, identity
from ttt.providers import numbers as values
from ttt.providers.clock import USUAL_WAIT
from ttt.providers.http import Answer, Client
from ttt.providers.values.online import OneByOne

# Errors are told in the body, under any of these.
_ANSWERS = (
    *(HTTPStatus.OK, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    HTTPStatus.FORBIDDEN,  # a listener who hides, and a key that is wrong
)
_MEASURES = {"listeners": Reach.LASTFM_LISTENERS, "playcount": Reach.LASTFM_PLAYCOUNT}
_MOST_PLAYS = 1e12


class Api:
    """Last.fm's methods, by name; every failure is a ProviderError."""

    def __init__(self, client: Client, url: str, key: str) -> None:
        self._client = client
        self._url = url
        self._key = key
        self.why_off = None if key else "Last.fm needs an API key: TTT_LASTFM_KEY is not set."

    def ask(self, method: str, **params: str) -> dict[str, Any] | None:
        """Make one request; None when Last.fm does not know what it was asked about."""
        named = {"method": method, **params, "api_key": self._key, "format": "json"}
        answer = self._client.get(Source.LASTFM, f"{self._url}/2.0/", named, _ANSWERS)
        said = _said(answer)
        if "error" not in said:
            return said
        fault = self._told(said["error"])
        if fault is not None:
            raise fault
        return None

    def _told(self, code: object) -> ProviderError | None:
        """What an error means, None for what is not known or hidden by its listener."""
        match code:
            case 6 | 7 | 17:
                return None
            case 29:
                return self._client.blocked(Source.LASTFM, USUAL_WAIT)
            case 4 | 10 | 26:
                return ProviderRefused(Source.LASTFM)
            case 8 | 11 | 16:
                return ProviderUnavailable(Source.LASTFM)
        return ProviderNonsense(Source.LASTFM)


def _said(answer: Answer) -> dict[str, Any]:
    if answer.status != HTTPStatus.FORBIDDEN:
        return answer.fields()
    try:
        said = answer.fields()
    except ProviderNonsense:
        raise ProviderRefused(Source.LASTFM) from None
    if "error" not in said:
        raise ProviderRefused(Source.LASTFM)
    return said


class LastFm(OneByOne):
    """One answer holds listeners, playcount and tags, so it serves both kinds."""

    source = Source.LASTFM
    kinds = frozenset({Kind.POPULARITY, Kind.GENRES})

    def __init__(self, client: Client, url: str, key: str) -> None:
        super().__init__(client, url)
        self._api = Api(client, url, key)
        self.why_off = self._api.why_off

    def _find(self, track: Wanted) -> Finding | None:
        if not track.artist or not track.title:
            return None
        said = self._api.ask(
            "track.getInfo", artist=track.artist, track=track.title, autocorrect="1"
        )
        if said is None:
            return None
        info = said.get("track")
        if not isinstance(info, dict):
            raise ProviderNonsense(self.source)
        if not _is(info, track.artist, track.title):
            return None
        return _finding(info, track.artist)


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
