import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt import music
from ttt.services.sound import harmonic

steadily = settings(derandomize=True, deadline=None)
Track = tuple[tuple[int, int], float]
TRACKS = st.tuples(st.tuples(st.integers(0, 11), st.integers(0, 1)), st.floats(20, 300))


def split(tracks: list[Track]) -> tuple[list[tuple[int, int]], list[float]]:
    return [key for key, _ in tracks], [tempo for _, tempo in tracks]


@steadily
@given(st.lists(TRACKS, max_size=40))
def test_a_path_visits_every_track_once(tracks: list[Track]) -> None:
    assert sorted(harmonic.path(*split(tracks))) == list(range(len(tracks)))


@steadily
@given(st.lists(TRACKS, max_size=40))
def test_a_path_is_never_costlier_than_the_order_given(tracks: list[Track]) -> None:
    keys, tempos = split(tracks)
    given = harmonic.cost(keys, tempos, range(len(tracks)))

    assert harmonic.cost(keys, tempos, harmonic.path(keys, tempos)) <= given + 1e-3


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.lists(TRACKS, min_size=3, max_size=6))
def test_of_a_few_tracks_the_best_path_is_nearly_found(tracks: list[Track]) -> None:
    keys, tempos = split(tracks)
    best = min(harmonic.cost(keys, tempos, path) for path in permutations(range(len(tracks))))

    assert harmonic.cost(keys, tempos, harmonic.path(keys, tempos)) <= best * 1.1 + 1e-3


# Of the first, without turning 87.0, without moving or moving one at a time 87.8.
@pytest.mark.parametrize(("seed", "most"), [(5, 86.65), (3, 81.79)])
def test_a_path_is_as_short_as_turning_stretches_and_moving_tracks_make_it(
    seed: int, most: float
) -> None:
    luck = random.Random(seed)
    keys = [(luck.randrange(12), luck.randrange(2)) for _ in range(30)]
    tempos = [luck.uniform(70, 180) for _ in range(30)]

    assert harmonic.cost(keys, tempos, harmonic.path(keys, tempos)) <= most


def test_a_longer_list_is_ordered_within_its_looks() -> None:
    keys = [(n * 5 % 12, n % 2) for n in range(400)]
    tempos = [80 + n * 37 % 90 for n in range(400)]
    path = harmonic.path(keys, tempos)

    assert sorted(path) == list(range(400))
    assert harmonic.cost(keys, tempos, path) < harmonic.cost(keys, tempos, range(400)) / 10


@steadily
@given(st.lists(TRACKS, max_size=40))
def test_many_tracks_are_taken_a_stretch_at_a_time(tracks: list[Track]) -> None:
    keys, tempos = split(tracks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(harmonic, "_AT_ONCE", 6)
        found = harmonic.path(keys, tempos)

    assert sorted(found) == list(range(len(tracks)))
    given = harmonic.cost(keys, tempos, range(len(tracks)))
    assert harmonic.cost(keys, tempos, found) <= given + 1e-3


def test_no_more_tracks_are_laid_beside_each_other_than_are_taken_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []
    whole = harmonic._path
    monkeypatch.setattr(harmonic, "_LOOKS", 0)
    monkeypatch.setattr(
        harmonic, "_path", lambda keys, *more: sizes.append(len(keys)) or whole(keys, *more)
    )
    harmonic.path([(0, 1)] * 2_500, [100.0 + n % 50 for n in range(2_500)])
    assert max(sizes) <= harmonic._AT_ONCE


@steadily
@given(TRACKS, TRACKS)
def test_a_step_costs_its_way_on_the_wheel_and_in_tempo(one: Track, other: Track) -> None:
    wheel = music.key_distance(one[0], other[0])
    tempo = music.tempo_step(one[1], other[1]) / harmonic.TEMPO_REACH
    least = wheel + tempo

    assert least - 1e-3 <= harmonic.cost(*split([one, other]), [0, 1]) <= least + 3 + 1e-3


@pytest.mark.parametrize(
    ("key", "tempo", "cost"),
    [
        ((7, 1), 100.0, 1),  # the next hour: no clash
        ((2, 1), 100.0, 4),  # two hours on: a clash
        ((0, 1), 104.0, 0.5),  # half of what a pitch fader hides
        ((0, 1), 107.0, 0.875),
        ((0, 1), 109.0, 2.125),  # a jump
        ((0, 1), 200.0, 0),  # double the tempo is none
    ],
)
def test_clashes_and_jumps_cost_more_than_their_length(
    key: tuple[int, int], tempo: float, cost: float
) -> None:
    found = harmonic.cost([(0, 1), key], [100.0, tempo], [0, 1])

    assert found == pytest.approx(cost, abs=1e-3)
