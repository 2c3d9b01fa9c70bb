"""MusicBrainz: genres by ISRC, without a key."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from ttt.errors import ProviderNonsense
from ttt.found import Finding, Kind, Source, Wanted
from ttt.providers import genres, identity
from ttt.providers import numbers as values
from ttt.providers.values.online import OneByOne

# An ISRC look-up refuses inc=genres; genres are tags, so the tags are asked for. With them and
# the artist credits come the tags of the artists.
_INCLUDED = {"fmt": "json", "inc": "artist-credits+tags"}
_MOST_VOTES = 1_000_000

_Json = Mapping[str, Any]


class MusicBrainz(OneByOne):
    """Genres of the recordings with an ISRC; of their artists while nobody tagged those."""

    source = Source.MUSICBRAINZ
    kinds = frozenset({Kind.GENRES})

    def _find(self, track: Wanted) -> Finding | None:
        isrc = identity.isrc(track.isrc)
        if isrc is None:
            return None
        url = f"{self._url}/ws/2/isrc/{isrc}"
        known = (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
        answer = self._client.get(self.source, url, _INCLUDED, known)
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        recordings = answer.fields().get("recordings")
        if not isinstance(recordings, list):
            raise ProviderNonsense(self.source)
        return _finding(_objects(recordings))


def _finding(recordings: Sequence[_Json]) -> Finding | None:
    artists = [artist for recording in recordings for artist in _artists(recording)]
    names = [name for artist in artists if isinstance(name := artist.get("name"), str)]
    found = genres.from_tags(_by_votes(recordings), names)
    found = found or genres.from_tags(_by_votes(artists), names)
    if not found:
        return None
    return Finding(identity.own_id(recordings[0].get("id")), genres=found)


def _by_votes(tagged: Sequence[_Json]) -> list[str]:
    """Tags with the most votes first, and by name among equals."""
    votes: Counter[str] = Counter()
    for thing in tagged:
        for tag in _objects(thing.get("tags")):
            name, count = tag.get("name"), values.count(tag.get("count"), _MOST_VOTES)
            if isinstance(name, str) and count:
                votes[name] += int(count)
    return sorted(votes, key=lambda name: (-votes[name], name))


def _artists(recording: _Json) -> Iterator[_Json]:
    for credit in _objects(recording.get("artist-credit")):
        if isinstance(artist := credit.get("artist"), dict):
            yield artist


def _objects(said: object) -> list[_Json]:
    return [part for part in said if isinstance(part, dict)] if isinstance(said, list) else []
