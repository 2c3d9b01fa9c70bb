"""Which tracks of what was played are to be looked up, the most heard first, and whose values
those have that are known by names only."""

from collections import defaultdict
from collections.abc import Sequence

from ttt.services.context import Context
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.values import enrich
from ttt.services.values.enrich import Progress
from ttt.store.accounts import users
from ttt.store.plays import named, told
from ttt.store.tracks import tracks
from ttt.store.values import borrowing

AT_ONCE = 2_000
"""So many of the most heard tracks are looked at; budgets of a day decide how many are asked."""


def waiting(context: Context, user_id: int | None = None, more: Sequence[str] = ()) -> list[str]:
    """Spotify ids of a person's most heard tracks, or everybody's, that are to be asked about.

    `more` are ids that other tracks borrow from (see `borrow`).
    """
    heard = _most_heard(context, user_id)
    return enrich.pending(context, list(dict.fromkeys([*heard, *more])))


def borrow(context: Context, user_id: int | None = None) -> list[str]:
    """Give tracks that are known by names only the values of Spotify's tracks of those names.

    Nobody is asked: names are those that were matched before, are stored here or stand in the
    catalogue. Returns the Spotify ids of which nothing is known yet.
    """
    with context.session() as session:
        heard = named.without_features(session, user_id, AT_ONCE)
    # Some differ in guests only, who are no part of what is compared.
    called: dict[Named, list[int]] = defaultdict(list)
    for one in heard:
        called[Named(one.title, one.artist)].append(one.track_id)
    meant = matching.known(context, called)
    if not meant:
        return []
    with context.session() as session:
        tracks.keep(session, meant.values())
        enrich.from_catalogue(context, session, meant.values())
        ids = tracks.ids_of(session, meant.values())
        twins = {own: ids[i] for name, i in meant.items() for own in called[name]}
        sound = borrowing.borrow(session, twins)
        for listener in named.listeners(session, sound):
            users.touch(session, listener)
        session.commit()
    return sorted({i for name, i in meant.items() if not sound.issuperset(called[name])})


def progress(context: Context, person: Person) -> Progress:
    """How far values of the person's most heard tracks are looked up."""
    return enrich.progress(context, _most_heard(context, person.id))


def _most_heard(context: Context, user_id: int | None) -> list[str]:
    with context.session() as session:
        return told.most_heard(session, user_id, AT_ONCE)
