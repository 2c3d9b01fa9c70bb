"""What a chart shows, as plain data: services make it, ttt.charts draws it.

It stands below both, so that charts know neither models nor store and services no Plotly.
Missing values are absent or None, never 0; `Caption.coverage` says how many there are. What shows
listening over time has a `table()` that says the same.
"""

from ttt.chartdata.listening import (
    WEEKDAYS,
    Activity,
    Bar,
    Calendar,
    Clock,
    Number,
    Numbers,
    Sitting,
    Sittings,
    TopRow,
    Tops,
)
from ttt.chartdata.of_tracks import (
    POPULARITY,
    Distribution,
    Flow,
    FlowMark,
    FlowPoint,
    Genres,
    KeyWheel,
    MoodMap,
    MoodPoint,
    Periods,
    PeriodValues,
    RankedValues,
    Scale,
)
from ttt.chartdata.over_time import By, Hole, Of, Step
from ttt.chartdata.words import Caption, Cell, Table

__all__ = [
    "POPULARITY",
    "WEEKDAYS",
    "Activity",
    "Bar",
    "By",
    "Calendar",
    "Caption",
    "Cell",
    "Clock",
    "Distribution",
    "Flow",
    "FlowMark",
    "FlowPoint",
    "Genres",
    "Hole",
    "KeyWheel",
    "MoodMap",
    "MoodPoint",
    "Number",
    "Numbers",
    "Of",
    "PeriodValues",
    "Periods",
    "RankedValues",
    "Scale",
    "Sitting",
    "Sittings",
    "Step",
    "Table",
    "TopRow",
    "Tops",
]
