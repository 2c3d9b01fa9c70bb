"""Values that a person sets themselves; for them they win over all others."""

from collections.abc import Mapping

from ttt.errors import InvalidInput
from ttt.found import Source
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.tracks import links
from ttt.store.accounts import users
from ttt.store.tracks import tracks
from ttt.store.values import personal

LIMITS: Mapping[str, tuple[float, float]] = {
    "energy": (0, 1),
    "valence": (0, 1),
    "tempo": (20, 300),
    "key": (0, 11),
    "mode": (0, 1),
}


def set_values(context: Context, person: Person, uri: str, values: Mapping[str, float]) -> None:
    """Set some of energy, valence, tempo, key and mode of a track, for this person only.

    What the person set of it before gives way, so that those left out are theirs no longer.
    """
    if not values:
        raise InvalidInput("Fill in at least one value.")
    for name, value in values.items():
        if name not in LIMITS:
            raise InvalidInput(f"{name.capitalize()} cannot be set by hand.")
        low, high = LIMITS[name]
        if not low <= value <= high:
            raise InvalidInput(f"{name.capitalize()} goes from {low:g} to {high:g}.")
    with context.session() as session:
        spotify_id = links.parse(uri)
        track_id = tracks.keep(session, [spotify_id])[spotify_id]
        personal.remove(session, person.id, Source.HAND, [track_id])
        personal.save(session, person.id, Source.HAND, {track_id: values}, context.now())
        users.touch(session, person.id)
        session.commit()


def take_back(context: Context, person: Person, uri: str) -> int:
    """Take back what the person set of a track; return how many values."""
    with context.session() as session:
        ids = tracks.ids_of(session, [links.named(uri)])
        removed = personal.remove(session, person.id, Source.HAND, ids.values())
        users.touch(session, person.id)
        session.commit()
    return removed
