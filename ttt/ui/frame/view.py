"""Rows in view, under which whatever is drawn from them is kept for the next runs."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ttt.music import Period
from ttt.services.tracks.rows import TrackRow


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Rows of a list, what they are compared with, the lists of the periods, and a part of them.

    A cached function that takes one returns it as well: as long as something is kept, it holds
    the rows, and no others can have their ids.
    """

    rows: Sequence[TrackRow]
    compared: Sequence[TrackRow] | None = None
    lists: Mapping[Period, Sequence[TrackRow]] = field(default_factory=dict)
    part: Sequence[TrackRow] | None = None

    def which(self) -> bytes:
        """Tells these rows from all others: not by what they say but by which objects they are."""
        of_periods = (self.lists.get(period, ()) for period in Period)
        lists = (self.rows, self.compared or (), *of_periods, self.part or ())
        places = [n for rows in lists for n in (len(rows), *map(id, rows))]
        return array("Q", [*places, self.part is not None]).tobytes()


# How st.cache_resource knows a view; frame.reads hands out other rows whenever one may differ.
SAME_ROWS: dict[str | type[Any], Callable[[Any], Any]] = {View: View.which}
