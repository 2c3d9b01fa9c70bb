"""ReccoBeats: audio features and popularity by Spotify id, without a key."""

from collections.abc import Mapping, Sequence
from typing import Any

from ttt.errors import ProviderNonsense
from ttt.found import Finding, Kind, Source, Wanted
from ttt.providers import identity
from ttt.providers import numbers as values
from ttt.providers.values.online import Online

_PATHS = {Kind.FEATURES: "/v1/audio-features", Kind.POPULARITY: "/v1/track"}


class ReccoBeats(Online):
    """Rows come in any order, without the unknown, and name their track by its Spotify link."""

    source = Source.RECCOBEATS
    kinds = frozenset(_PATHS)
    batch = 40

    def _ask(self, kind: Kind, wanted: Sequence[Wanted]) -> dict[str, Finding]:
        ids = dict.fromkeys(track.spotify_id for track in wanted)
        url = f"{self._url}{_PATHS[kind]}"
        answer = self._client.get(self.source, url, {"ids": ",".join(ids)})
        rows = self._rows(answer.fields())
        findings = {i: _finding(kind, row) for i, row in rows.items() if i in ids}
        return {i: finding for i, finding in findings.items() if finding is not None}

    def _rows(self, said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        content = said.get("content")
        if not isinstance(content, list):
            raise ProviderNonsense(self.source)
        rows = [row for row in content if isinstance(row, dict)]
        named = [(identity.spotify_id(row.get("href")), row) for row in rows]
        by_id = {spotify_id: row for spotify_id, row in reversed(named) if spotify_id is not None}
        if content and not by_id:
            raise ProviderNonsense(self.source)
        return by_id


def _finding(kind: Kind, row: Mapping[str, object]) -> Finding | None:
    own_id = identity.own_id(row.get("id"))
    if kind is Kind.FEATURES:
        features = values.features(row)
        return Finding(own_id, features) if features is not None else None
    popularity = values.popularity(row.get("popularity"))
    return Finding(own_id, popularity=popularity) if popularity is not None else None
