"""What a person put on a list at once: its receipt is kept, and its waiting names looked up.

A name that Spotify could not be asked about waits in the database; `advance` asks about a few and
puts what is found on the list, until none is left.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from ttt.errors import NotAllowed, NotFound, RateLimited, SpotifyError
from ttt.models import ListImport, WaitingName
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import by_name, entries, importing, lists, past
from ttt.services.lists.importing import NO_CHOICES, Choices
from ttt.services.lists.past import Past
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.tables.receipt import Line, Receipt, Refusal, Unusable
from ttt.services.values import from_file
from ttt.store import locks
from ttt.store.lists import imports

PASTED = "Pasted lines"
_LOOK_AGAIN, _REST, _MOST_WAIT = 1.0, 60.0, 3600.0
# Names that Spotify could not be asked about for so long wait no longer.
_WAITS_FOR = timedelta(days=30)
_NOT_ASKED = "Spotify could not be asked about it for 30 days: connect it, and bring this again."
_LIST_GONE = "The list is gone, or you may no longer add to it."


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport(Past):
    """What was put on a list at once: rows by outcome; `waiting` ones are to be looked up.

    `unusable` are cells that were left out, by their field.
    """

    added: int
    already_there: int
    repeated: int
    waiting: int
    unusable: Mapping[str, Unusable]

    @property
    def rows(self) -> int:
        """Rows that were not blank."""
        return self.added + self.already_there + self.waiting + self.refused_rows


def take(
    context: Context,
    person: Person,
    content: bytes,
    name: str,
    choices: Choices = NO_CHOICES,
    list_id: int | None = None,
    dated: datetime | None = None,
) -> Receipt:
    """Put the tracks of a file on a list and keep the receipt."""
    kept = partial(keep, context, person, name, list_id)
    return importing.import_(context, person, content, list_id, choices, dated, kept)


def add(
    context: Context, person: Person, texts: Sequence[str], list_id: int | None = None
) -> Receipt:
    """Put what lines name, or rows of a table, on a list.

    The receipt is kept where there is more than one to tell.
    """

    def kept(session: Session, receipt: Receipt) -> Receipt:
        if not receipt.waiting and len(receipt.taken) + len(receipt.refused) < 2:
            return receipt
        return keep(context, person, PASTED, list_id, session, receipt)

    if table := importing.of_lines(context, texts):
        content, choices = table
        return importing.import_(context, person, content, list_id, choices, keep=kept)
    return entries.add(context, person, texts, list_id, kept)


def keep(
    context: Context,
    person: Person,
    name: str,
    list_id: int | None,
    session: Session,
    receipt: Receipt,
) -> Receipt:
    """Keep a receipt with the names that wait, in its caller's transaction; it gets its id."""
    counts = {**_outcomes(receipt), "repeated": receipt.repeated, **past.values(receipt.values)}
    counts |= past.unusable(receipt.unusable)
    kept = ListImport(
        user_id=person.id,
        list_id=lists.opened(session, person, list_id, edit=True).id,
        name=past.named(name, PASTED),
        at=context.now(),
        counts=counts | past.lost(receipt.lost_letters) | past.why(past.REFUSED, receipt.refused),
        refused=past.rows(receipt.refused),
    )
    names = (
        WaitingName(
            import_id=0, row=w.row, text=w.text[:700], title=w.title, artist=w.artist, said=w.said
        )
        for w in receipt.waiting
    )
    imports.forget(session, context.now() - past.KEPT_FOR)
    import_id = imports.add(session, kept, names)
    return replace(receipt, import_id=import_id)


def listed(context: Context, person: Person, list_id: int | None = None) -> list[PastImport]:
    """What the person put on a list, the newest first."""
    with context.session() as session:
        target = lists.opened(session, person, list_id).id
        found = imports.of_list(session, person.id, target, past.SHOWN)
        counts = imports.waiting_counts(session, [one.id for one in found])
    return [_past(one, counts.get(one.id, 0)) for one in found]


def find(context: Context, person: Person, import_id: int) -> PastImport:
    """What the person brought under an id; NotFound for one that is not theirs."""
    with context.session() as session:
        found = imports.find(session, import_id)
        if found is None or found.user_id != person.id:
            raise NotFound("import")
        waiting = imports.waiting_counts(session, [import_id])
    return _past(found, waiting.get(import_id, 0))


def close(context: Context, person: Person, import_id: int) -> None:
    """Put a receipt away; NotFound for one that is not the person's."""
    with context.session() as session:
        if not imports.close(session, person.id, import_id, context.now()):
            raise NotFound("import")
        session.commit()


def advance(context: Context, import_id: int) -> float | None:
    """Look up a few names that wait; return the seconds to wait before the next, None at the end.

    Names about which Spotify says wait stay, however long that takes.
    """
    with context.session() as session:
        found = imports.find(session, import_id)
        names = imports.waiting(session, import_id)
    if found is None or not names:
        return None
    release = locks.take(context.direct, f"imports-{found.user_id}")
    if release is None:
        return _LOOK_AGAIN
    try:
        return _advance(context, found, names)
    finally:
        release()


def _advance(context: Context, found: ListImport, names: Sequence[WaitingName]) -> float | None:
    person = accounts.by_id(context, found.user_id)
    if context.now() - found.at > _WAITS_FOR:
        late = [Refusal(name.row, name.text, _NOT_ASKED) for name in names]
        _settle(context, person, found, [], late)
        return None
    if not matching.is_connected(context, person):
        return _MOST_WAIT
    some = list(names)[: matching.LOOKUPS]
    searched = matching.search(context, person, [_named(name) for name in some])
    answered = by_name.find(context, person, {n.row: (n.text, _named(n)) for n in some}, ask=False)
    _settle(context, person, found, answered.lines, answered.refused)
    if searched.trouble is not None:
        return _seconds(context, searched.trouble)
    return 0.0 if len(names) > len(some) else None


def _settle(
    context: Context,
    person: Person,
    found: ListImport,
    lines: Sequence[Line],
    refused: Sequence[Refusal],
) -> None:
    """Put found names on the list, note what became of all, in one transaction."""
    with context.session() as session:
        kept = imports.find(session, found.id, lock=True)
        if kept is None:
            return
        left = {name.row: name for name in imports.waiting(session, found.id)}
        lines = [line for line in lines if line.row in left]
        refused = [refusal for refusal in refused if refusal.row in left]
        receipt = _put(context, session, person, kept.list_id, lines, refused)
        settled = [line.row for line in lines] + [refusal.row for refusal in refused]
        imports.settle(session, kept.id, settled)
        taken = {one.row for one in receipt.taken}
        said = {line.spotify_id: left[line.row].said for line in lines if line.row in taken}
        counts = _outcomes(receipt) | past.values(from_file.keep_stored(session, person, said))
        session.add(past.added(kept, counts, receipt.refused))
        session.commit()


def _put(
    context: Context,
    session: Session,
    person: Person,
    list_id: int,
    lines: Sequence[Line],
    refused: Sequence[Refusal],
) -> Receipt:
    try:
        return entries.put(context, session, person, lines, refused, list_id=list_id)
    except (NotFound, NotAllowed):
        return Receipt.of((), [*refused, *(Refusal(n.row, n.text, _LIST_GONE) for n in lines)])


def _outcomes(receipt: Receipt) -> dict[str, int]:
    return {
        "added": receipt.added,
        "already_there": receipt.already_there,
        "refused": len(receipt.refused),
    }


def _seconds(context: Context, trouble: SpotifyError) -> float:
    if isinstance(trouble, RateLimited):
        return max(_REST, (trouble.until - context.now()).total_seconds())
    return _REST


def _named(name: WaitingName) -> Named:
    return by_name.waited(name.title, name.artist)


def _past(found: ListImport, waiting: int) -> PastImport:
    counts = Counter[str](found.counts)
    return PastImport(
        **past.common(found),
        added=counts["added"],
        already_there=counts["already_there"],
        repeated=counts["repeated"],
        waiting=waiting,
        unusable=past.unusable_of(counts),
    )
