"""Descriptions of tracks on lists that nobody could give when they were added."""

from collections.abc import Iterable

from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.lists import lists
from ttt.services.person import Person
from ttt.services.spotify import clients, lookup, spotify
from ttt.services.values import enrich
from ttt.store.accounts import users
from ttt.store.lists import entries
from ttt.store.tracks import tracks

LOOKUPS = 20


def pending(
    context: Context, person: Person, list_id: int | None = None, limit: int = LOOKUPS
) -> int:
    """Describe tracks on a list that nobody reliable did; return how many were.

    Raises the SpotifyError that stopped it, after saving what came before.
    """
    demo = clients.serving(context, person.id).demo
    with context.session() as session:
        found = lists.opened(session, person, list_id)
        track_ids = [entry.track_id for entry in entries.listed(session, found.id)]
        unclear = tracks.undescribed(session, track_ids, demo)
    if not unclear:
        return 0
    catalogue = Catalogue.load(context.settings.catalogue_file)
    known = {spotify_id for spotify_id in unclear if catalogue.track(spotify_id)}
    answers = lookup.ask(context, person, sorted(unclear - known)[:limit])
    with context.session() as session:
        if known or answers.found:
            users.touch_all(session)  # a track looks the same in everybody's list
        enrich.from_catalogue(context, session, known)
        tracks.save(session, answers.found.values(), lookup.source(context, person), context.now())
        if not demo:
            tracks.mark_not_found(session, answers.unknown, context.now())
        session.commit()
    if answers.trouble is not None:
        raise answers.trouble
    return len(known) + len(answers.found)


def new(
    context: Context, person: Person, spotify_ids: Iterable[str], list_id: int | None = None
) -> list[str]:
    """Tracks new to a list, once each, that only Spotify could describe.

    Empty when it cannot be asked.
    """
    lists.require_edit(context, person, list_id)
    connection = spotify.connection(context, person)
    if connection is None or not connection.usable:
        return []
    wanted = list(dict.fromkeys(spotify_ids))
    with context.session() as session:
        known = tracks.ids_of(session, wanted)
        pending = tracks.undescribed(session, known.values(), connection.demo)
        target = lists.opened(session, person, list_id).id
        there = entries.listed_ids(session, target, known.values())
    catalogue = Catalogue.load(context.settings.catalogue_file)
    return [
        i
        for i in wanted
        if catalogue.track(i) is None
        and (i not in known or (i in pending and known[i] not in there))
    ]
