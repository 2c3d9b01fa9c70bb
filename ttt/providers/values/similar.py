"""Last.fm's similar tracks: what listeners of one track play too, by title and artist."""

from ttt.errors import ProviderNonsense, ProviderRefused
from ttt.found import SimilarTrack, Source
from ttt.providers import numbers as values
from ttt.providers.http import Client
from ttt.providers.values.lastfm import Api

_MOST = 50


class LastFmSimilar:
    """One request a track; `why_off` is a sentence while there is no key."""

    def __init__(self, client: Client, url: str, key: str) -> None:
        self._api = Api(client, url, key)
        self.why_off = self._api.why_off

    def similar(self, artist: str, title: str) -> tuple[SimilarTrack, ...]:
        """The most alike first, none for a track that it does not know; raises ProviderError."""
        if self.why_off is not None:
            raise ProviderRefused(Source.LASTFM)
        said = self._api.ask(
            "track.getSimilar", artist=artist, track=title, autocorrect="1", limit=str(_MOST)
        )
        if said is None:
            return ()
        found = said.get("similartracks")
        if not isinstance(found, dict):
            raise ProviderNonsense(Source.LASTFM)
        rows = found.get("track", [])
        # What stands alone is no list: its JSON was XML, where that is no difference.
        tracks = (_track(row) for row in (rows if isinstance(rows, list) else [rows]))
        return tuple(sorted((t for t in tracks if t is not None), key=lambda t: -t.match))


def _track(row: object) -> SimilarTrack | None:
    """A row with a title and an artist; one that does not say how alike counts as the least."""
    if not isinstance(row, dict):
        return None
    artist = row.get("artist")
    title, name = row.get("name"), artist.get("name") if isinstance(artist, dict) else artist
    if not (isinstance(title, str) and title and isinstance(name, str) and name):
        return None
    return SimilarTrack(title, name, _match(row.get("match")))


def _match(said: object) -> float:
    if isinstance(said, str):
        try:
            said = float(said)
        except ValueError:
            return 0.0
    return values.number(said, 0, 1) or 0.0
