import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttt import music
from ttt.services.sound import harmonic
from ttt.services.sound.index import COLUMNS, SCALED, SoundIndex

steadily = settings(derandomize=True, deadline=None)
CREEP = dict.fromkeys(SCALED, 0.5) | {"loudness": -8.0, "tempo": 92.0, "key": 7, "mode": 1}
TRACKS = st.lists(
    st.tuples(*[st.none() | st.floats(0, 1, width=32)] * 7, st.none() | st.floats(0, 400)),
    max_size=20,
)


def index(*sounds: dict[str, float | None]) -> SoundIndex:
    """Tracks named by their place."""
    values = [
        [np.nan if (value := sound.get(name)) is None else value for name in COLUMNS]
        for sound in sounds
    ]
    table = np.array(values, dtype=np.float32).reshape(-1, len(COLUMNS))
    return SoundIndex([str(place) for place in range(len(sounds))], table)


def changed(**values: float | None) -> dict[str, float | None]:
    return CREEP | values


def test_what_sounds_most_alike_comes_first() -> None:
    made = index(changed(valence=0.9), changed(valence=0.55), changed(valence=0.5))

    assert made.nearest(CREEP, 3) == ["2", "1", "0"]
    assert made.nearest(CREEP, 1) == ["2"]


@pytest.mark.parametrize(
    ("tempo", "heard"), [(19.9, False), (20, True), (300, True), (300.1, False)]
)
def test_tempos_from_20_to_300_can_be_meant(tempo: float, heard: bool) -> None:
    made = index(changed(tempo=tempo), changed())
    assert len(made) == 1 + heard
    assert (made.nearest(changed(tempo=tempo), 2) != []) is heard


def test_a_feature_counts_by_how_far_tracks_differ_in_it() -> None:
    # Loudness differs by decibels, valence by tenths: each is as far out as the other.
    made = index(changed(loudness=-16), changed(valence=0.9), changed(loudness=-9))

    assert made.nearest(CREEP, 3)[0] == "2"


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ({"key": 2}, {"key": 1}),  # 10B and 3B, from 9B
        ({"key": 4, "mode": 0}, {"key": 4, "mode": 1}),  # the relative minor, and 12B
        ({"key": 2}, {"key": 1, "mode": 0}),  # a minor key is known as well, 12A
        ({}, {"key": 0}),  # and so are the first and the last
        ({}, {"key": 11}),
        ({"tempo": 95}, {"tempo": 110}),
        ({"key": 2}, {"tempo": 99.36}),  # a step on the wheel, and all of a pitch fader
        ({"key": 4}, {"tempo": 105.8}),  # three steps, and twice of it
        ({"tempo": 184}, {"tempo": 110}),  # double the tempo is as near as the same
    ],
)
def test_keys_and_tempos_are_compared_by_ear(near: dict[str, float], far: dict[str, float]) -> None:
    assert index(changed(**far), changed(**near)).nearest(CREEP, 2) == ["1", "0"]


def test_what_is_not_known_of_either_does_not_count() -> None:
    made = index(changed(valence=0.6), changed(key=None, mode=None, acousticness=None))

    assert made.nearest(CREEP, 2) == ["1", "0"]
    assert made.nearest(changed(acousticness=None, key=-1), 2) == ["1", "0"]


@pytest.mark.parametrize("name", ["energy", "valence", "tempo"])
def test_a_track_of_which_too_little_is_known_is_not_compared(name: str) -> None:
    made = index(changed(**{name: None}), CREEP)

    assert len(made) == 1
    assert made.nearest(CREEP, 5) == ["1"]
    assert made.nearest(changed(**{name: None}), 5) == []


@pytest.mark.parametrize("tempo", [0, -1, 1000])
def test_an_impossible_tempo_is_not_known(tempo: float) -> None:
    assert len(index(changed(tempo=tempo))) == 0


def test_some_can_be_left_out() -> None:
    assert index(CREEP, CREEP, CREEP).nearest(CREEP, 5, {"1", "nobody"}) == ["0", "2"]


def test_an_empty_index_finds_nothing() -> None:
    assert index().nearest(CREEP, 5) == []


@steadily
@given(TRACKS, st.integers(1, 30))
def test_no_track_is_found_twice_and_all_of_them_in_the_end(
    sounds: list[tuple[float | None, ...]], count: int
) -> None:
    made = index(*(dict(zip(COLUMNS, sound, strict=False)) for sound in sounds))
    found = made.nearest(CREEP, count)

    assert len(found) == len(set(found)) == min(count, len(made))


def test_every_feature_counts_alike_however_wide_its_numbers_spread() -> None:
    spread = [changed(loudness=-12), changed(loudness=-4), changed(valence=0.3)]
    made = index(*spread, changed(valence=0.7), changed(valence=0.65), changed(loudness=-9))
    assert made.nearest(CREEP, 2) == ["5", "4"]


def test_what_is_not_known_moves_neither_the_mean_nor_the_spread() -> None:
    values = np.random.default_rng(1).uniform(0, 1, (40, len(COLUMNS))).astype(np.float32)
    values[:, COLUMNS.index("tempo")] += 100
    values[::3, COLUMNS.index("danceability")] = np.nan
    values[1::2, COLUMNS.index("loudness")] = np.nan
    values[:, COLUMNS.index("speechiness")] = np.nan
    known = values[:, : len(SCALED)]
    with np.errstate(invalid="ignore"):
        is_said = ~np.isnan(known).all(axis=0)
    made = SoundIndex([str(n) for n in range(40)], values)
    mean, spread = made._mean.ravel()[is_said], made._spread.ravel()[is_said]
    np.testing.assert_allclose(mean, np.nanmean(known[:, is_said], axis=0), rtol=1e-5)
    np.testing.assert_allclose(spread, np.nanstd(known[:, is_said], axis=0), rtol=1e-5)
    assert made._spread.ravel()[~is_said].tolist() == [1]


def test_of_many_the_nearest_are_found_whatever_their_number() -> None:
    values = np.random.default_rng(2).uniform(0, 1, (1_000, len(COLUMNS))).astype(np.float32)
    values[:, COLUMNS.index("tempo")] = 92
    made = SoundIndex([str(n) for n in range(1_000)], values)
    every = made.nearest(CREEP, 1_000)
    assert len(every) == 1_000
    assert all(made.nearest(CREEP, count) == every[:count] for count in range(1, 1_000))


def test_how_far_tracks_are_apart_is_the_mean_square_of_what_both_are_known_by() -> None:
    luck = np.random.default_rng(3)
    values = luck.uniform(0, 1, (30, len(COLUMNS))).astype(np.float32)
    values[:, COLUMNS.index("tempo")] = luck.uniform(60, 180, 30)
    values[:, COLUMNS.index("key")] = luck.integers(0, 12, 30)
    values[:, COLUMNS.index("mode")] = luck.integers(0, 2, 30)
    unknown = ~np.isin(COLUMNS, ("energy", "valence", "tempo"))
    values[(luck.random(values.shape) < 0.3) & unknown] = np.nan
    made = SoundIndex([str(n) for n in range(30)], values)
    mean, spread = made._mean.ravel(), made._spread.ravel()

    def apart(one: list[float], other: list[float]) -> float:
        squares = [
            ((a - b) / wide) ** 2
            for a, b, wide in zip(one, other, spread.tolist(), strict=False)
            if not np.isnan(a - b)
        ]
        (tempo, key, mode), (its_tempo, its_key, its_mode) = one[-3:], other[-3:]
        squares.append((0.5 * music.tempo_step(tempo, its_tempo) / harmonic.TEMPO_REACH) ** 2)
        if not np.isnan(key + mode + its_key + its_mode):
            steps = music.key_distance((int(key), int(mode)), (int(its_key), int(its_mode)))
            squares.append((0.25 * steps) ** 2)
        return sum(squares) / len(squares)

    assert len(mean) == len(SCALED)
    for asked in values:
        plain = [apart(asked.tolist(), other) for other in values.tolist()]
        np.testing.assert_allclose(made._apart(asked[None]), plain, rtol=1e-3, atol=1e-5)
