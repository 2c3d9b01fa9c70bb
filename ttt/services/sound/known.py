"""Tracks that this server knows, whether anybody has them in a list or only the catalogue does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ttt.found import FoundTrack, Kind, Source
from ttt.providers.values.catalogue import OBSERVED_AT, Catalogue
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.tracks import listing
from ttt.services.tracks.listing import Belief
from ttt.services.tracks.rows import TrackRow, Value
from ttt.services.values import sources
from ttt.store.tracks import tracks


def rows(context: Context, person: Person, spotify_ids: Iterable[str]) -> dict[str, TrackRow]:
    """A row by Spotify id, as the person sees it, for each track with a title."""
    wanted = list(dict.fromkeys(spotify_ids))
    belief = sources.belief(context)
    with context.session() as session:
        ids = tracks.ids_of(session, wanted)
        stored = listing.rows(session, ids.values(), belief=belief, user_id=person.id)
    catalogue = Catalogue.load(context.settings.catalogue_file)
    found: dict[str, TrackRow] = {}
    for spotify_id in wanted:
        row = stored.get(ids.get(spotify_id, 0))
        track = catalogue.track(spotify_id)
        if row is not None and row.title is not None:
            found[spotify_id] = row
        elif track is not None:
            described = _row(track, belief)
            # Somebody may have set values of a track that nobody described yet.
            own = {} if row is None else row.values
            found[spotify_id] = replace(described, values=described.values | own)
    return found


def _row(track: FoundTrack, belief: Belief) -> TrackRow:
    genres = track.genres if Source.CATALOGUE in belief[Kind.GENRES] else ()
    return TrackRow(
        uri=track.uri,
        title=track.title,
        artists=tuple(artist.name for artist in track.artists),
        album=track.album,
        release_year=int(track.release_date[:4]) if track.release_date else None,
        duration_ms=track.duration_ms,
        cover_url=track.cover_url,
        genres=genres,
        genre_source=Source.CATALOGUE if genres else None,
        values=_values(track, belief),
    )


def _values(track: FoundTrack, belief: Mapping[Kind, Sequence[Source]]) -> dict[str, Value]:
    numbers: dict[str, float | None] = {}
    if Source.CATALOGUE in belief[Kind.POPULARITY]:
        numbers["popularity"] = track.popularity
    if Source.CATALOGUE in belief[Kind.FEATURES] and track.features is not None:
        numbers |= {name: getattr(track.features, name) for name in tracks.FEATURES}
    return {
        name: Value(number, Source.CATALOGUE, OBSERVED_AT)
        for name, number in numbers.items()
        if number is not None
    }
