"""How much of a chart is known is said in numbers that can be counted."""

import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import DAY, NOON, A, B, at, days_of
from ttt.chartdata import By
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.measures import counting, coverage
from ttt.services.plays.measures.mood import sentences

KNOWN = [PlayedTrack(A, "Air", ("X",), duration_ms=60_000), PlayedTrack(B, "Bell", ("Y",))]
TRACKS_LENGTH = "minutes are about right: for {} % of plays they are the track’s length"


def of(*plays: tuple[int | None, int], gaps: tuple[Gap, ...] = ()) -> Frame:
    """Lengths and tracks of plays, one a day from that Monday on."""
    told = [Told(NOON + n * DAY, ms, track) for n, (ms, track) in enumerate(plays)]
    return History(told, KNOWN, "UTC", list(gaps)).frame


@pytest.mark.parametrize(
    ("plays", "said"),
    [
        ([(0, A), (60_000, A)], ""),
        ([(None, A), (0, A), (1, A), (60_000, A)], TRACKS_LENGTH.format(25)),
        ([(None, A), (None, B), (0, B)], f"{TRACKS_LENGTH.format(67)}, or none for 1 play"),
        ([(None, B), (None, B)], f"{TRACKS_LENGTH.format(100)}, or none for 2 plays"),
    ],
)
def test_minutes_that_nobody_told_are_the_length_of_the_track_or_nothing(
    plays: list[tuple[int | None, int]], said: str
) -> None:
    frame = of(*plays)
    assert coverage.guessed(frame, By.MINUTES) == said
    assert coverage.guessed(frame, By.PLAYS) == ""
    assert coverage.about(frame, By.MINUTES) == ("about " if said else "")
    assert coverage.about(frame, By.PLAYS) == ""
    assert coverage.weighed("all", frame) == ("all · " + said if said else "all")
    assert coverage.weighed("", frame, By.PLAYS) == ""


def test_values_are_known_for_a_share_of_the_time_or_the_plays() -> None:
    known = [PlayedTrack(A, "Air", ("X",), energy=0.5), PlayedTrack(B, "Bell", ("Y",))]
    told = [
        *(Told(NOON, 60_000, A), Told(NOON + 900, 60_000, A), Told(NOON + 1_800, 180_000, B)),
        Told(NOON + 2_700, 20_000, B, False),
    ]
    frame = History(told, known, "UTC").frame
    of = {by: sentences.coverage(frame, (Measure.ENERGY,), by) for by in By}
    assert of == {
        By.MINUTES: "values for 38 % of the time",
        By.PLAYS: "values for 67 % of the plays",
    }
    assert sentences.coverage(frame) == "values for 0 % of the time"
    weighed = {by: counting.weighed_by_track(frame, by).tolist() for by in By}
    assert weighed == {By.MINUTES: [120_000, 200_000], By.PLAYS: [360_000, 180_000]}
    assert counting.weighed(frame, By.PLAYS).tolist() == [180_000] * 3 + [0]
    assert [counting.one(by) for by in (By.MINUTES, By.PLAYS)] == [3_600_000, 180_000]


def test_guesses_are_counted_in_the_days_that_are_shown() -> None:
    off = Gap(NOON + DAY // 2, NOON + 3 * DAY // 2, "off")
    frame = of((None, A), (60_000, A), (60_000, A), gaps=(off,))
    assert coverage.of_time(frame, days_of(frame, 1, 2), By.MINUTES) == "1 of 2 days recorded"
    assert coverage.of_time(frame, days_of(frame, 0, 1), By.MINUTES) == (
        f"1 of 2 days recorded · {TRACKS_LENGTH.format(50)}"
    )
    assert coverage.of_time(frame, days_of(frame, 0, 0), By.PLAYS) == "every day recorded"


def test_the_time_before_is_told_where_a_day_of_it_was_recorded() -> None:
    frame = of((None, A), (60_000, A))

    def said(first: int, last: int) -> str:
        return coverage.before(frame, days_of(frame, first, last), lambda b: f"from {b.first}")

    assert said(1, 1) == f"the day before: from {at(0)}"
    assert said(1, 3) == f"the 3 days before: from {at(-2)}"
    assert said(0, 2) == "the 3 days before: not recorded"
    assert coverage.before(frame, Span(at(1), at(2), "", ""), lambda _: "never") == ""
