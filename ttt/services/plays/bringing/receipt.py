"""What became of each row of an upload, by reason."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlmodel import Session

from ttt import words
from ttt.models import HistoryUpload
from ttt.plays import OF_A_FILE, Counts, How, WhyRefused
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import reading, uploads
from ttt.services.plays.judging import matching
from ttt.services.tables import spreadsheet
from ttt.store.plays import told
from ttt.store.plays import uploads as stored

_OUTCOMES = {
    Counts.PLAY: "added",
    Counts.SKIP: "too_short",
    Counts.THERE_ALREADY: "already_there",
    Counts.PERHAPS_THERE: "already_there",
    Counts.OUTRANKED: "already_there",
    Counts.DOUBLE: "double",
    Counts.IMPOSSIBLE: "impossible",
}


@dataclass(frozen=True, slots=True)
class RefusedPlay:
    """A row (from 1, through all files of the upload) that could not be read."""

    row: int
    file: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Rows by what became of them; all but `private` and `uncertain` add up to `rows`.

    `added` count as plays, of which `private` are from private sessions; `uncertain` ones are
    among those that are `already_there`. `left_out` says of what kind those are that are no music,
    `refusals` for which reason (in words) rows could not be read. Files in a zip that are damaged
    or locked are among the `refused` with a row each; `lost` says by name what ails them.
    `others` are rows of other sources within a file, by the names of these.
    """

    rows: int = 0
    files: int = 0
    added: int = 0
    already_there: int = 0
    too_short: int = 0
    not_music: int = 0
    double: int = 0
    impossible: int = 0
    private: int = 0
    uncertain: int = 0
    refused: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    refusals: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Mapping[str, Any]) -> "Receipt":
        """The receipt that an upload's `counts` tell of."""
        return cls(**counts) if counts else cls()

    @property
    def words(self) -> str:
        """The receipt as a sentence; what did not happen is not in it."""
        parts = [
            _many(self.added, "play added", "plays added"),
            _many(self.too_short, "too short", "too short"),
            _many(self.already_there, "already there", "already there"),
            _many(self.double, "told twice", "told twice"),
            _many(self.impossible, "impossible", "impossible"),
            *(_many(n, f"{kind} row left out", f"{kind} rows left out") for kind, n in self._kinds),
            _many(self.refused, "could not be read", "could not be read"),
        ]
        files = f" of {self.files:,} files" if self.files > 1 else ""
        told_of = ", ".join(filter(None, parts)) or "no plays"
        lost = "".join(f" {name}: {why}." for name, why in self.lost.items())
        among = f" {self.among}" if self.others else ""
        return f"Read {words.counted(self.rows, 'row')}{files}: {told_of}.{among}{lost}"

    @property
    def among(self) -> str:
        """Whose rows stood among those of another source, as a sentence; "" where none did."""
        parts = [
            _many(number, f"row of {name}", f"rows of {name}")
            for name, number in sorted(self.others.items())
        ]
        return f"Among them: {', '.join(parts)}." if parts else ""

    @property
    def _kinds(self) -> list[tuple[str, int]]:
        return sorted(self.left_out.items(), key=lambda pair: (-pair[1], pair[0]))


def counted(session: Session, upload: HistoryUpload) -> dict[str, Any]:
    """What a receipt is made of, for an upload whose plays are judged."""
    members = stored.members(session, upload.id)
    of_rows = sum((Counter(member.counts) for member in members), Counter[str]())
    left_out, refusals = reading.left_out(of_rows), reading.refused(of_rows)
    found = _judged(session, upload)
    found["double"] += of_rows[reading.DOUBLE]
    found["already_there"] += of_rows[reading.THERE]
    others = reading.told_by_others(of_rows)
    return {
        # Left out where there are none: processes of the version before do not know them.
        **({"others": others} if others else {}),
        "rows": sum(member.rows for member in members),
        "files": len(members),
        **{name: found[name] for name in (*set(_OUTCOMES.values()), "private", "uncertain")},
        "not_music": sum(left_out.values()),
        "refused": sum(refusals.values()),
        "left_out": left_out,
        "refusals": {WhyRefused(why).words: number for why, number in refusals.items()},
        "lost": {
            member.name: WhyRefused(why).words
            for member in members
            for why in sorted(OF_A_FILE.intersection(reading.refused(member.counts)))
        },
    }


def _judged(session: Session, upload: HistoryUpload) -> Counter[str]:
    """What became of the plays that an upload told."""
    found = Counter[str]()
    for (verdict, how, is_short), number in told.counted(
        session, upload.user_id, upload.id, matching.SHORTEST
    ).items():
        is_there = _OUTCOMES[Counts(verdict)] == "already_there"
        found["too_short" if is_there and is_short else _OUTCOMES[Counts(verdict)]] += number
        found["uncertain"] += number * (verdict == Counts.PERHAPS_THERE and not is_short)
        found["private"] += number * (verdict == Counts.PLAY and bool(how & How.PRIVATE))
    return found


def all_there(found: Receipt) -> Receipt:
    """What becomes of the same file once more: all that is music in it is there."""
    there = found.rows - found.not_music - found.refused
    gone: Any = dict.fromkeys(
        ("added", "too_short", "double", "impossible", "private", "uncertain"), 0
    )
    return replace(found, already_there=there, **gone)


def refused_rows(context: Context, person: Person, upload_id: int) -> list[RefusedPlay]:
    """The rows that could not be read, as far as they are kept: 10,000 of them."""
    uploads.find(context, person, upload_id)
    with context.session() as session:
        members = stored.members(session, upload_id)
        rows = stored.refused(session, upload_id)
    before = _rows_before([member.rows for member in members])
    names = [member.name for member in members]
    return [
        RefusedPlay(
            before[row.member] + row.row,
            names[row.member],
            WhyRefused(row.reason).words,
            row.text,
        )
        for row in rows
    ]


def as_csv(rows: Sequence[RefusedPlay]) -> str:
    """Refused rows as a table for spreadsheets."""
    return spreadsheet.file(("row", "file", "reason", "text"), map(asdict, rows))


def _rows_before(rows: Sequence[int]) -> list[int]:
    return [sum(rows[:number]) for number in range(len(rows))]


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}" if number else ""
