import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt import music
from ttt.music import Measure, Period

steadily = settings(derandomize=True, deadline=None)
# The Camelot wheel from one o'clock, spelled with the fewest accidentals.
MINOR_KEYS = ["G♯", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯"]
MAJOR_KEYS = ["B", "F♯", "D♭", "A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E"]
WHEEL = {f"{hour}A": f"{tonic} minor" for hour, tonic in enumerate(MINOR_KEYS, 1)} | {
    f"{hour}B": f"{tonic} major" for hour, tonic in enumerate(MAJOR_KEYS, 1)
}
KEYS = [(key, mode) for key in range(12) for mode in (0, 1)]


@pytest.mark.parametrize(
    ("energy", "word"),
    [
        (0.0, "Subdued"),
        (0.199, "Subdued"),
        (0.2, "Low energy"),
        (0.4, "Middling"),
        (0.6, "Upbeat"),
        (0.799, "Upbeat"),
        (0.8, "High energy"),
        (1.0, "High energy"),
    ],
)
def test_energy_has_a_word_in_steps_of_a_fifth(energy: float, word: str) -> None:
    assert music.energy_word(energy) == word


@pytest.mark.parametrize(
    ("valence", "mood"),
    [
        (0.0, "Depressed"),
        (0.2, "Sad"),
        (0.399, "Sad"),
        (0.4, "Calm"),
        (0.6, "Happy"),
        (0.8, "Energetic"),
        (1.0, "Energetic"),
    ],
)
def test_valence_has_a_mood_in_steps_of_a_fifth(valence: float, mood: str) -> None:
    assert music.mood(valence) == mood


@pytest.mark.parametrize("step", range(1, 5))
def test_a_limit_belongs_to_the_step_above_it_however_it_was_computed(step: int) -> None:
    for limit in (step / 5, step * 0.2, 1 - (5 - step) * 0.2, sum([0.1] * 2 * step)):
        assert music.energy_word(limit) == music.ENERGY_WORDS[step]


@pytest.mark.parametrize(
    ("bpm", "name"),
    [
        (59.9, "Largo"),
        (60, "Adagio"),
        (76, "Andante"),
        (107.9, "Andante"),
        (108, "Moderato"),
        (120, "Allegro"),
        (167.9, "Allegro"),
        (168, "Presto"),
        (200, "Prestissimo"),
    ],
)
def test_a_tempo_has_its_italian_name(bpm: float, name: str) -> None:
    assert music.tempo_name(bpm) == name


def test_every_key_has_its_place_on_the_camelot_wheel() -> None:
    assert {music.camelot(*key): music.key_name(*key) for key in KEYS} == WHEEL


def test_the_wheel_lists_each_key_once_by_hour_with_minor_first() -> None:
    wheel = music.camelot_wheel()

    assert [code for code, _, _ in wheel] == [f"{h}{r}" for h in range(1, 13) for r in "AB"]
    assert {(key, mode) for _, key, mode in wheel} == set(KEYS)
    assert all(code == music.camelot(key, mode) for code, key, mode in wheel)


@steadily
@given(st.sampled_from(KEYS))
def test_a_fifth_up_is_the_next_hour_on_the_same_ring(key: tuple[int, int]) -> None:
    here, there = music.camelot(*key), music.camelot((key[0] + 7) % 12, key[1])

    assert there[-1] == here[-1]
    assert int(there[:-1]) == int(here[:-1]) % 12 + 1


@steadily
@given(st.integers(0, 11))
def test_a_major_key_and_its_relative_minor_share_their_hour(key: int) -> None:
    assert music.camelot(key, 1)[:-1] == music.camelot((key + 9) % 12, 0)[:-1]


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        (Measure.POPULARITY, 72.0, "72"),
        (Measure.ENERGY, 0.705, "0.70"),
        (Measure.VALENCE, 1.0, "1.00"),
        (Measure.TEMPO, 123.6, "124 BPM"),
    ],
)
def test_a_value_is_written_with_its_unit(measure: Measure, value: float, text: str) -> None:
    assert music.written(measure, value) == text


def test_every_period_has_a_name_for_people() -> None:
    assert [p.label for p in Period] == ["Last 4 weeks", "Last 6 months", "Last year"]


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([3], 3), ([4, 1], 2.5), ([9, 1, 5], 5), ([1, 2, 3, 9], 2.5)]
)
def test_the_median_is_the_middle_of_what_is_there(
    values: list[float], middle: float | None
) -> None:
    assert music.median(values) == middle


@steadily
@given(st.lists(st.floats(0, 300), min_size=1))
def test_half_of_the_values_lie_on_each_side_of_the_median(values: list[float]) -> None:
    middle = music.median(values)

    assert middle is not None
    assert sum(v <= middle for v in values) >= math.ceil(len(values) / 2)
    assert sum(v >= middle for v in values) >= math.ceil(len(values) / 2)


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ((0, 1), (0, 1), 0),  # 8B, 8B
        ((0, 1), (7, 1), 1),  # 8B, 9B: a fifth up
        ((0, 1), (9, 0), 1),  # 8B, 8A: the relative minor
        ((0, 1), (4, 0), 2),  # 8B, 9A
        ((4, 1), (11, 1), 11 - 10),  # 12B, 1B: the wheel is round
        ((0, 1), (6, 1), 6),  # 8B, 2B: opposite
        ((0, 1), (3, 0), 7),  # 8B, 2A: nothing is farther
    ],
)
def test_keys_are_apart_by_hours_and_ring(
    one: tuple[int, int], other: tuple[int, int], steps: int
) -> None:
    assert music.key_distance(one, other) == steps
    assert music.key_distance(other, one) == steps


@pytest.mark.parametrize(
    ("one", "other", "step"),
    [(100, 100, 0), (100, 108, 0.08), (108, 100, 0.08), (70, 140, 0), (145, 70, 0.0357)],
)
def test_tempos_are_apart_by_their_ratio_and_half_or_double_is_none(
    one: float, other: float, step: float
) -> None:
    assert music.tempo_step(one, other) == pytest.approx(step, abs=1e-4)


@steadily
@given(st.floats(20, 400), st.floats(20, 400))
def test_no_tempos_are_farther_apart_than_half_an_octave(one: float, other: float) -> None:
    assert 0 <= music.tempo_step(one, other) <= 0.4143
    assert music.tempo_step(one, other) == pytest.approx(music.tempo_step(other, one))
