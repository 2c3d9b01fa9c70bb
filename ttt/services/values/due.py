"""Which tracks a source should be asked about.

A source is asked about a track for what no source that is believed more knows, and only when it
was not asked lately.
"""

from collections.abc import Iterable
from dataclasses import fields

from ttt.found import FoundFeatures, Kind, Source, Wanted
from ttt.services.context import Context
from ttt.services.values import sources
from ttt.store.values.values import Known

# Nobody but Spotify and the catalogue tells the time signature.
_FEATURES = frozenset(f.name for f in fields(FoundFeatures)) - {"time_signature"}
_GIVES = {Source.DEEZER: frozenset({"tempo"})}


def tracks(context: Context, known: Known, source: Source, kind: Kind) -> dict[int, Wanted]:
    """Tracks, by id, about which a source of that kind should be asked."""
    better = sources.before(context, source, kind)
    return {
        track_id: wanted
        for track_id, wanted in known.wanted.items()
        if (track_id, source, kind) not in known.lately
        and sources.can_name(source, wanted)
        and not _satisfied(known, track_id, source, kind, better)
    }


def once_a_recording(wanted: Iterable[Wanted]) -> list[Wanted]:
    """The first track of each ISRC, and all without one: the others share what it brings."""
    return list(
        {track.isrc or track.spotify_id: track for track in reversed(list(wanted))}.values()
    )


def _satisfied(
    known: Known, track_id: int, source: Source, kind: Kind, better: Iterable[Source]
) -> bool:
    """Whether the better sources know all that this one could say of a track."""
    pairs = [(track_id, str(s)) for s in better]
    match kind:
        case Kind.GENRES:
            return any(pair in known.genres for pair in pairs)
        case Kind.POPULARITY:
            own_measure = source in sources.OTHER_MEASURES
            return not own_measure and any(pair in known.popularity for pair in pairs)
        case Kind.FEATURES:
            names = frozenset[str]().union(*(known.features.get(pair, ()) for pair in pairs))
            return _GIVES.get(source, _FEATURES) <= names
