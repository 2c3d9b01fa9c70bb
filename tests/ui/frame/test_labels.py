from hypothesis import example, given
from hypothesis import strategies as st

from ttt.ui.frame import labels

ALIKE = st.lists(st.sampled_from(["a", "a (2)", "a (3)", "a (2) (2)", "b"]))


@given(ALIKE)
@example(["a (2)", "a", "a"])
def test_no_two_labels_are_alike(given: list[str]) -> None:
    names = labels.apart(dict(enumerate(given)))
    assert list(names) == list(range(len(given)))
    assert len(set(names.values())) == len(given)


@given(ALIKE)
def test_a_label_is_numbered_only_where_it_is_taken(given: list[str]) -> None:
    names = labels.apart(dict(enumerate(given)))
    for option, label in enumerate(given):
        before = {names[other] for other in range(option)}
        assert names[option].startswith(label)
        assert (names[option] == label) == (label not in before)
