"""Which tracks of what was played are to be looked up, the most heard first, and whose values
those have that are known by names only."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from ttt.services.context import Context
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.values import enrich
from ttt.services.values.enrich import Progress
from ttt.store.accounts import users
from ttt.store.plays import named, told
from ttt.store.plays.named import Heard
from ttt.store.tracks import tracks
from ttt.store.values import borrowing

AT_ONCE = 2_000
"""So many of the most heard tracks are looked at; budgets of a day decide how many are asked."""
# So long the others have their turn.
_TRIED_EVERY = timedelta(hours=6)


def waiting(context: Context, user_id: int | None = None, more: Sequence[str] = ()) -> list[str]:
    """Spotify ids of a person's most heard tracks, or everybody's, that are to be asked about.

    `more` are ids that other tracks borrow from (see `borrow`).
    """
    heard = _most_heard(context, user_id)
    return enrich.pending(context, list(dict.fromkeys([*heard, *more])))


def borrow(context: Context, user_id: int | None = None) -> list[str]:
    """Give tracks that are known by names only the values of Spotify's tracks of those names.

    Nobody is asked: names are those that were matched before, are stored here or stand in the
    catalogue. All of a person's tracks are tried, of everybody's the most heard; none twice within
    hours. Returns the Spotify ids of which nothing is known yet.
    """
    unknown: set[str] = set()
    while heard := _untried(context, user_id):
        unknown |= _lend(context, heard)
        if user_id is None:
            break
    return sorted(unknown)


def _untried(context: Context, user_id: int | None) -> list[Heard]:
    now = context.now()
    with context.session() as session:
        return named.without_features(session, user_id, AT_ONCE, now, now - _TRIED_EVERY)


def _lend(context: Context, heard: Sequence[Heard]) -> set[str]:
    # Some differ in guests only, who are no part of what is compared.
    called: dict[Named, list[int]] = defaultdict(list)
    for one in heard:
        called[Named(one.title, one.artist)].append(one.track_id)
    meant = matching.known(context, called)
    with context.session() as session:
        tracks.keep(session, meant.values())
        enrich.from_catalogue(context, session, meant.values())
        ids = tracks.ids_of(session, meant.values())
        twins = {own: ids[i] for name, i in meant.items() for own in called[name]}
        sound = borrowing.borrow(session, twins)
        named.mark_tried(session, {one.track_id for one in heard} - sound, context.now())
        users.touch_holders(session, sound)
        session.commit()
    return {i for name, i in meant.items() if not sound.issuperset(called[name])}


def progress(context: Context, person: Person) -> Progress:
    """How far values of the person's most heard tracks are looked up."""
    return enrich.progress(context, _most_heard(context, person.id))


def _most_heard(context: Context, user_id: int | None) -> list[str]:
    with context.session() as session:
        return told.most_heard(session, user_id, AT_ONCE)
