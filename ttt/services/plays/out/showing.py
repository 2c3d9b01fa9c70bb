"""Every told play, with whether it counts and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ttt.errors import InvalidInput
from ttt.models import Play
from ttt.plays import Counts, PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store.plays import shown
from ttt.store.plays.shown import Named

WHY_NOT = {
    Counts.UNJUDGED: "its import has not ended yet",
    Counts.SKIP: "too short",
    Counts.THERE_ALREADY: "another source told the same play",
    Counts.PERHAPS_THERE: "another source seems to have told the same play",
    Counts.DOUBLE: "the same source told it twice",
    Counts.IMPOSSIBLE: "the same track began again before this could have been played",
    Counts.OUTRANKED: "Spotify's full list does not have it",
}


@dataclass(frozen=True, slots=True)
class ShownPlay:
    """A told play: its start (aware UTC), what was played, and whether it counts."""

    played_at: datetime
    title: str | None
    artists: tuple[str, ...]
    ms: int | None
    source: PlaySource
    verdict: Counts

    @property
    def counts(self) -> bool:
        """Whether it is a play in charts."""
        return self.verdict is Counts.PLAY

    @property
    def why_not(self) -> str | None:
        """Why it does not count, None where it does."""
        return WHY_NOT.get(self.verdict)

    def as_record(self) -> dict[str, Any]:
        """As the command line shows it."""
        return {
            "played_at": f"{self.played_at:%Y-%m-%dT%H:%M:%SZ}",
            "title": self.title,
            "artists": list(self.artists),
            "ms": self.ms,
            "source": self.source.label,
            "counts": self.counts,
            "why_not": self.why_not,
        }


def plays(
    context: Context,
    person: Person,
    since: datetime | None = None,
    until: datetime | None = None,
    verdicts: frozenset[Counts] = frozenset(Counts),
) -> Iterator[ShownPlay]:
    """The person's told plays by their start, from one time to before another; one by one."""
    with context.session() as session:
        for rows, named in shown.pages(session, person.id, since, until, sorted(verdicts)):
            for row in rows:
                yield _shown(row, named[row.track_id])


def uncertain(context: Context, person: Person) -> Iterator[ShownPlay]:
    """Those of which nobody can be sure whether another source told them too."""
    return plays(context, person, verdicts=frozenset({Counts.PERHAPS_THERE}))


def day(text: str | None, *, after: bool = False) -> datetime | None:
    """The start of a day that somebody typed, or of the day after it; InvalidInput for none."""
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("Write days as 2026-11-30.") from None
    start = datetime(found.year, found.month, found.day, tzinfo=UTC)
    return start + timedelta(days=1) if after else start


def _shown(row: Play, named: Named) -> ShownPlay:
    return ShownPlay(
        row.started_at,
        named.title,
        named.artists,
        row.ms,
        row.source,
        row.counts,
    )
