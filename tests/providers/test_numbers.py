import pytest

from ttt.found import FoundFeatures
from ttt.providers import numbers as values


@pytest.mark.parametrize("value", [0, 1, 0.5, 0.0])
def test_a_number_in_range_is_known(value: float) -> None:
    assert values.number(value, 0, 1) == value


@pytest.mark.parametrize(
    "value", [-0.1, 1.1, float("nan"), float("inf"), 10**400, "0.5", True, None, [0.5]]
)
def test_anything_else_is_not(value: object) -> None:
    assert values.number(value, 0, 1) is None


def test_the_words_for_unknown_are_not_taken_for_values() -> None:
    said = {"key": -1, "tempo": 0, "time_signature": 0, "energy": 0}
    assert values.features(said) == FoundFeatures(energy=0.0)


@pytest.mark.parametrize(
    ("said", "failed"),
    [
        ({"valence": 0, "tempo": 0, "danceability": 0}, True),
        ({"valence": 0.0, "tempo": 0.0}, True),
        ({"valence": 0, "danceability": 0, "tempo": None}, True),
        ({"valence": 0, "tempo": 120.0}, False),
        ({"tempo": 0}, False),
        ({"energy": 0, "valence": 0}, False),
    ],
)
def test_an_analysis_failed_where_two_that_are_never_zero_together_are(
    said: dict[str, float | None], failed: bool
) -> None:
    assert (values.features({"energy": 0.4, **said}) is None) is failed


def test_features_of_which_none_can_be_used_are_none() -> None:
    assert values.features({}) is None
    assert values.features({"energy": 2, "key": "6", "title": "x"}) is None


@pytest.mark.parametrize(
    ("value", "count"),
    [("1315650", 1315650.0), (12, 12.0), (0, 0.0), ("0", 0.0)],
)
def test_a_count_may_be_text(value: object, count: float) -> None:
    assert values.count(value, 1e12) == count


@pytest.mark.parametrize("value", ["", "-1", "1.5", "1e3", "٣", "9" * 19, -1, 1e13, None])
def test_what_is_no_count_is_none(value: object) -> None:
    assert values.count(value, 1e12) is None


@pytest.mark.parametrize(("said", "kept"), [(-9.1, -9.1), (4.5, 4.5), (9.1, None), (65, None)])
def test_a_loudness_without_its_sign_is_not_known(said: float, kept: float | None) -> None:
    found = values.features({"energy": 0.5, "loudness": said})
    assert found
    assert found.loudness == kept
