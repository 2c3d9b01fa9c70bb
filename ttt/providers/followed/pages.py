"""What a page of an account's plays is, whoever tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ttt.plays import LeftOut, RefusedRow, ToldPlay
from ttt.providers.history_files.blocks import Told


@dataclass(frozen=True, slots=True)
class Page:
    """Plays of an account, in whatever order; `rows` counts those too that cannot be used.

    `oldest` and `newest` are of the rows in seconds of UTC, None where none has a time.
    """

    plays: tuple[ToldPlay, ...]
    rows: int
    oldest: int | None
    newest: int | None


class Followed(Protocol):
    """A service at which accounts can be followed; `most` rows come with a page.

    `takes_token` where an account that hides its plays shows them to who has its token.
    """

    name: str
    most: int
    why_off: str | None
    takes_token: bool

    def page(
        self, account: str, before: int | None, latest: int, token: str | None = None
    ) -> Page | None:
        """One request for the newest plays, or those before a time.

        `latest` is the latest believable time. None for no such account, or for one that does not
        show its plays to who asks so. Raises ProviderError.
        """


def page_of(told: Iterable[Told]) -> Page:
    """A page of what its rows tell."""
    rows = list(told)
    plays = tuple(row for row in rows if not isinstance(row, RefusedRow | LeftOut))
    times = [play.told_at for play in plays]
    return Page(plays, len(rows), min(times, default=None), max(times, default=None))
