"""The four numbers of a list."""

from collections.abc import Sequence

from ttt.music import Measure
from ttt.services.charts import medians
from ttt.services.tracks.rows import TrackRow
from ttt.ui.figures import in_numbers


def show(rows: Sequence[TrackRow], compared: Sequence[TrackRow] | None) -> None:
    """Four numbers: the medians of the list, and how far they are from the year's."""
    in_numbers.show(
        [
            in_numbers.Number(
                f"{median.measure.capitalize()}, median",
                median.text,
                "BPM" if median.measure is Measure.TEMPO else "",
                median.words,
                median.short,
                median.measure,
                median.at,
                median.was,
                medians.ENDS[median.measure],
            )
            for median in medians.of(rows, compared)
        ]
    )
