"""A draft of tracks that were chosen elsewhere, to be ordered and changed like any other."""

from collections.abc import Sequence

from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.sound import known
from ttt.services.sound.builder import MOST, Draft, Pick, Wish


def draft(context: Context, person: Person, uris: Sequence[str], origin: str) -> Draft:
    """The tracks in their order, as far as this server knows a title, at most as many as fit."""
    rows = known.rows(context, person, (uri.rpartition(":")[2] for uri in uris))
    picks = tuple(Pick(row, origin) for row in rows.values())[:MOST]
    return Draft(Wish(), 0, picks, picks, frozenset(pick.row.uri for pick in picks), name=origin)
