"""How tracks got to their places, from the lists that are kept."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests.services.conftest import Clock
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.top import lines
from ttt.services.top.lines import MOST, Lines
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks

SHORT = Period.SHORT_TERM
A, B, C = ("spotify:track:" + letter for letter in "abc")


def keep(context: Context, person: Person, letters: str, period: Period = SHORT) -> None:
    """Keep a list as it is now; "?" could not be read."""
    with context.session() as session:
        ids = tracks.keep(session, sorted(set(letters) - {"?"}))
        places = [ids.get(letter) for letter in letters]
        snapshots.add(session, person.id, period, context.now(), places)
        session.commit()


def kept(context: Context, person: Person) -> Lines:
    return lines.read(context, person)[SHORT]


def test_a_line_has_a_place_a_day_and_none_where_a_track_was_off_the_list(
    context: Context, ada: Person, clock: Clock
) -> None:
    for letters in ("bca", "c?b", "abc"):
        keep(context, ada, letters)
        clock.forward(days=1)

    assert kept(context, ada).of == {A: (3, None, 1), B: (1, 3, 2), C: (2, 1, 3)}
    assert kept(context, ada).name == "3 days"


def test_of_a_day_the_last_list_counts(context: Context, ada: Person, clock: Clock) -> None:
    for hours, letters in ((0, "ab"), (1, "ba"), (23, "ab")):
        clock.forward(hours=hours)
        keep(context, ada, letters)

    assert kept(context, ada).of == {A: (2, 1), B: (1, 2)}


def test_what_is_no_longer_on_the_list_has_no_line(
    context: Context, ada: Person, clock: Clock
) -> None:
    keep(context, ada, "ab")
    clock.forward(days=1)
    keep(context, ada, "bc")

    assert kept(context, ada).of == {B: (2, 1), C: (None, 2)}


def test_one_list_is_no_line(context: Context, ada: Person) -> None:
    assert kept(context, ada).name == ""
    keep(context, ada, "ab")

    assert (kept(context, ada).name, kept(context, ada).of) == ("", {})


@pytest.mark.parametrize(
    ("days", "name"), [(20, "20 days"), (21, "3 weeks"), (30, "4 weeks"), (300, "25 weeks")]
)
def test_of_many_days_a_few_stand_for_all_and_the_newest_is_among_them(
    context: Context, ada: Person, clock: Clock, days: int, name: str
) -> None:
    for _ in range(days - 1):
        keep(context, ada, "ba")
        clock.forward(days=1)
    keep(context, ada, "ab")
    here = kept(context, ada)

    assert here.taken[-1] == clock()
    assert len(here.taken) <= MOST
    assert here.name == name
    assert here.of[A][-2:] == (2, 1)
    assert clock() - here.taken[0] < lines.LONGEST
    steps = {b - a for a, b in zip(here.taken, here.taken[1:], strict=False)}
    assert steps <= {timedelta(days=n) for n in range(1, 8)}


def test_lists_of_others_and_other_periods_are_not_mixed_in(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    for person, period in ((ada, SHORT), (bob, SHORT), (ada, Period.LONG_TERM)):
        keep(context, person, "ab", period)
    clock.forward(days=1)
    keep(context, ada, "ba")

    assert kept(context, ada).of == {A: (1, 2), B: (2, 1)}
    assert lines.read(context, ada)[Period.LONG_TERM].name == ""


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ((18, 12, 7, 10), "from 18 to 10, best 7"),
        ((4, None, 2), "from 4 to 2, best 2, on 2 of 3 lists"),
        ((None, None, 9), "first time on the list"),
        ((9, None, None), "place 9, on 1 of 3 lists"),
        ((None, None), ""),
    ],
)
def test_a_line_is_told_in_words(places: Sequence[int | None], words: str) -> None:
    assert lines.words(places) == words


def test_a_track_has_its_best_place_under_any_of_its_ids_on_all_kept_lists(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    for letters in ("ab", "cb?a", "dd"):
        keep(context, ada, letters)
        keep(context, bob, "xa")
        clock.forward(days=1)

    assert lines.of_track(context, ada, [A, C])[SHORT] == (1, 1, None)
    assert lines.of_track(context, ada, [A])[SHORT] == (1, 4, None)
    assert lines.of_track(context, ada, [A])[Period.LONG_TERM] == ()
