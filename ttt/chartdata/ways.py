"""How what was heard was played: on which devices, on shuffle, and what was left early."""

from dataclasses import dataclass

from ttt.chartdata.over_time import By, Of
from ttt.chartdata.words import Caption, Table, paged, percent


@dataclass(frozen=True, slots=True)
class Way:
    """One way to play: its plays or minutes, and its share (0-1) of those whose way is known.

    `now` and `before` are that share on the days that both stretches have recorded; None where
    there is nothing to compare.
    """

    name: str
    value: float
    share: float
    now: float | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Devices, the one used most first, and modes, which do not exclude each other."""

    devices: tuple[Way, ...]
    modes: tuple[Way, ...]
    by: By
    caption: Caption

    @property
    def known(self) -> bool:
        """Whether any source says on what anything was played."""
        return bool(self.devices)

    def table(self) -> Table:
        """A row a way, shares in per cent."""
        compared = ("on days recorded both times, %", "the time before, %")
        rows = tuple(
            (way.name, round(way.value, 1), *map(percent, (way.share, way.now, way.before)))
            for way in (*self.devices, *self.modes)
        )
        return Table(("way", str(self.by), "share in %", *compared), rows)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A track that was left before it was a play, `skips` of the `begun` times it began."""

    key: int
    title: str
    artists: str
    skips: int
    begun: int
    cover_url: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """The tracks that were left early most often."""

    rows: tuple[SkippedRow, ...]
    caption: Caption

    @property
    def known(self) -> bool:
        """Whether anything was."""
        return bool(self.rows)

    def table(self) -> Table:
        """A row a track."""
        columns = ("rank", "track", "by", "skipped", "begun", "skipped in %")
        rows = tuple(
            (n, row.title, row.artists, row.skips, row.begun, percent(row.skips / row.begun))
            for n, row in enumerate(self.rows, start=1)
        )
        return Table(columns, rows, paged("track", Of.TRACKS, (r.key for r in self.rows)), "by")
