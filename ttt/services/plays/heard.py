"""Which tracks of what was played are to be looked up: the most heard first."""

from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.values import enrich
from ttt.services.values.enrich import Progress
from ttt.store.plays import told

AT_ONCE = 2_000
"""So many of the most heard tracks are looked at; budgets of a day decide how many are asked."""


def waiting(context: Context, user_id: int | None = None) -> list[str]:
    """Spotify ids of a person's most heard tracks, or everybody's, that are to be asked about."""
    return enrich.pending(context, _most_heard(context, user_id))


def progress(context: Context, person: Person) -> Progress:
    """How far values of the person's most heard tracks are looked up."""
    return enrich.progress(context, _most_heard(context, person.id))


def _most_heard(context: Context, user_id: int | None) -> list[str]:
    with context.session() as session:
        return told.most_heard(session, user_id, AT_ONCE)
