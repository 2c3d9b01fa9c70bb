"""Lists narrowed to genres."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ttt.services.tracks.rows import TrackRow


def counted(rows: Iterable[TrackRow]) -> dict[str, int]:
    """Number of tracks of each genre, the commonest first."""
    counts = Counter(genre for row in rows for genre in row.genres)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def having(rows: Sequence[TrackRow], chosen: Collection[str]) -> Sequence[TrackRow]:
    """Rows with any of the chosen genres, all of them when none is chosen."""
    return [row for row in rows if not chosen or not set(chosen).isdisjoint(row.genres)]
