"""Searching by title and artist: Spotify when it answers, the catalogue otherwise."""

from dataclasses import dataclass

from ttt.errors import NotConnected, SpotifyError
from ttt.found import FoundTrack, Source
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import lookup, spotify

_LONGEST_QUERY = 200
_MOST = 10  # what Spotify allows in development mode


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Best matches first; `trouble` is why a connected Spotify did not answer.

    `unread` rows of its answer could not be read.
    """

    tracks: tuple[FoundTrack, ...]
    source: Source
    trouble: SpotifyError | None = None
    unread: int = 0


def search(context: Context, person: Person, query: str, limit: int = _MOST) -> SearchResult:
    """Find tracks by words of their titles and artists; nothing is stored."""
    query = " ".join(query.split())[:_LONGEST_QUERY]
    if not query:
        return SearchResult((), Source.CATALOGUE)
    limit, trouble = min(limit, _MOST), None
    try:
        found = spotify.call(context, person, lambda client: client.search(query, limit))
    except NotConnected:
        pass
    except SpotifyError as error:
        trouble = error
    else:
        return SearchResult(
            tuple(found.tracks), lookup.source(context, person), unread=found.unread
        )
    catalogue = Catalogue.load(context.settings.catalogue_file)
    return SearchResult(tuple(catalogue.search(query, limit)), Source.CATALOGUE, trouble)
