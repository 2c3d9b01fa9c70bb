"""Receipts as they are kept: what a person brought at once, and what became of each row.

For lists and for values of one's own alike. Of very many rows only the first are kept with what
they hold; all are counted, by outcome and by reason.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from ttt.models import ListImport, OwnImport
from ttt.services.tables.receipt import Reason, Refusal, Unusable, by_reason
from ttt.text import one_line

SHOWN = 20
KEPT_FOR = timedelta(days=365)
_MOST_ROWS, _MOST_REASONS, _OF_EACH_REASON = 2_000, 100, 5
_LONGEST_NAME, _LONGEST_TEXT = 200, 300
_VALUES, _LOST, _UNUSABLE = "values ", "lost letters", "unusable "
REFUSED, PARTLY = "refused: ", "partly: "
_Kept = TypeVar("_Kept", ListImport, OwnImport)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was brought at once under a name: rows refused, letters lost, tracks by values taken.

    Of very many `refused_rows` only the first stand in `refused`; `reasons` count all. An `open`
    one was not closed by its person.
    """

    id: int
    name: str
    at: datetime
    refused_rows: int
    refused: tuple[Refusal, ...]
    reasons: tuple[Reason, ...]
    values: Mapping[str, int]
    lost_letters: int
    open: bool


def common(found: ListImport | OwnImport) -> dict[str, Any]:
    """What a kept receipt tells of either kind, by the fields of `Past`."""
    counts = Counter[str](found.counts)
    return {
        "id": found.id,
        "name": found.name,
        "at": found.at,
        "refused_rows": counts.get("refused", len(found.refused)),
        "refused": tuple(Refusal(*row) for row in sorted(found.refused)),
        "reasons": reasons(counts, REFUSED, found.refused),
        "values": dict(_under(counts, _VALUES)),
        "lost_letters": counts[_LOST],
        "open": found.closed_at is None,
    }


def reasons(counts: Mapping[str, int], kind: str, kept: Sequence[list[Any]]) -> tuple[Reason, ...]:
    """Rows of a kind by their reason, the commonest first; all counted, the first of them shown."""
    counted = _under(counts, kind)
    shown = {one.text: one.rows for one in by_reason(Refusal(*row) for row in sorted(kept))}
    told = (
        Reason(text, max(counted[text], len(rows)), rows)
        for text, rows in (dict.fromkeys(counted, ()) | shown).items()
    )
    return tuple(sorted(told, key=lambda one: -one.total))


def named(text: str, otherwise: str) -> str:
    """The name under which something was brought, short and on one line."""
    return one_line(text)[:_LONGEST_NAME] or otherwise


def values(counts: Mapping[str, int]) -> dict[str, int]:
    """Tracks by the values taken, as counts are kept."""
    return {f"{_VALUES}{name}": count for name, count in counts.items()}


def lost(letters: int) -> dict[str, int]:
    """How many letters of the file could not be read, as counts are kept."""
    return {_LOST: letters} if letters else {}


def unusable(found: Mapping[str, Unusable]) -> dict[str, int]:
    """Cells that cannot be meant, as counts are kept: by their field with the first of them."""
    return {f"{_UNUSABLE}{name}: {one.first}": one.total for name, one in found.items()}


def unusable_of(counts: Mapping[str, int]) -> dict[str, Unusable]:
    """The same, of counts that were kept."""
    kept = ((*key.partition(": "), total) for key, total in _under(counts, _UNUSABLE).items())
    return {name: Unusable(total, first) for name, _, first, total in kept}


def why(kind: str, refused: Iterable[Refusal]) -> dict[str, int]:
    """Rows by reason, as counts are kept; of very many reasons the commonest."""
    counted = Counter(refusal.reason for refusal in refused).most_common(_MOST_REASONS)
    return {f"{kind}{reason}": count for reason, count in counted}


def rows(refused: Iterable[Refusal]) -> list[list[Any]]:
    """The first rows with what they hold, and of every reason some."""
    reasons = by_reason(refused)[:_MOST_REASONS]
    first = [row for one in reasons for row in one.rows[:_OF_EACH_REASON]]
    rest = [row for one in reasons for row in one.rows[_OF_EACH_REASON:]]
    rest.sort(key=lambda refusal: refusal.row)
    kept = [*first, *rest][:_MOST_ROWS]
    return [[r.row, r.text[:_LONGEST_TEXT], r.reason] for r in sorted(kept, key=lambda r: r.row)]


def added(found: _Kept, counts: Mapping[str, int], refused: Sequence[Refusal]) -> _Kept:
    """A kept receipt with what became of more of its rows."""
    total = Counter[str](found.counts)
    total.update({**counts, **why(REFUSED, refused)})
    found.counts = dict(total)
    found.refused = rows([*(Refusal(*row) for row in found.refused), *refused])
    return found


def _under(counts: Mapping[str, int], kind: str) -> Counter[str]:
    return Counter({n.removeprefix(kind): many for n, many in counts.items() if n.startswith(kind)})
