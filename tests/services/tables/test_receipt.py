"""A receipt counts each row once."""

import pytest

from ttt.services.tables.receipt import (
    Reason,
    Receipt,
    Refusal,
    Taken,
    Unusable,
    Waiting,
    count_unusable,
    told_lost,
    told_unusable,
    told_values,
)

BOTH = "1,001 of tempo, such as “fast”; 1 of energy, “250”."


def test_an_empty_receipt_counts_nothing() -> None:
    assert Receipt(0, 0).as_json() == {
        **dict.fromkeys(("added", "already_there", "repeated", "waiting"), 0),
        "values": {},
        "refused": [],
    }


def test_what_stands_twice_is_already_there_and_repeated() -> None:
    taken = [
        Taken(1, "a", True, "uri:a"),
        Taken(2, "a", False, "uri:a"),
        Taken(4, "b", True, "uri:b"),
    ]
    found = Receipt.of(taken, [Refusal(5, "c", "no"), Refusal(3, "d", "no")])
    assert (found.added, found.already_there, found.repeated) == (2, 1, 1)
    assert [refusal.row for refusal in found.refused] == [3, 5]


def test_letters_that_could_not_be_read_are_counted_in_words() -> None:
    assert told_lost(1).startswith("1 letter of the file could not be read and stands as")
    assert told_lost(2).startswith("2 letters of the file could not be read and stand as")
    assert Receipt(0, 0, lost_letters=1).as_json()["lost_letters"] == 1


def test_cells_are_counted_by_field_with_the_first_the_commonest_first() -> None:
    rows = [{"energy": "250"}, {"tempo": "fast", "energy": "9"}, {"tempo": "slow"}, {"tempo": "x"}]
    found = count_unusable(rows)
    assert list(found.items()) == [("tempo", Unusable(3, "fast")), ("energy", Unusable(2, "250"))]
    assert Receipt(0, 0, unusable=found).as_json()["unusable"] == {
        "tempo": {"total": 3, "first": "fast"},
        "energy": {"total": 2, "first": "250"},
    }


def test_an_example_is_short_and_on_one_line() -> None:
    (one,) = count_unusable([{"tempo": "a\x1b[31m\n" + "b" * 9_999}]).values()
    assert one.first == "a[31m " + "b" * 24 + "…"
    (exact,) = count_unusable([{"tempo": "b" * 30}]).values()
    assert exact.first == "b" * 30


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({}, ""),
        (
            {"release_date": Unusable(1, "soon")},
            "1 value could not be used and was left out: 1 of release date, “soon”.",
        ),
        (
            {"tempo": Unusable(1_001, "fast"), "energy": Unusable(1, "250")},
            "1,002 values could not be used and were left out: " + BOTH,
        ),
    ],
)
def test_cells_that_were_left_out_are_told_by_field(found: dict[str, Unusable], words: str) -> None:
    assert told_unusable(found) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({"energy": 1}, "energy of 1 track"),
        ({"energy": 2, "release_date": 1}, "energy of 2 tracks, release date of 1"),
    ],
)
def test_values_are_told_by_the_tracks_of_which_they_were_taken(
    counts: dict[str, int], words: str
) -> None:
    assert told_values(counts) == words


def test_reasons_stand_the_commonest_first_with_their_rows() -> None:
    once, *twice = Refusal(1, "a", "odd"), Refusal(2, "b", "bad"), Refusal(3, "c", "bad")
    found = Receipt(0, 0, (once, *twice)).reasons
    assert found == [Reason("bad", 2, tuple(twice)), Reason("odd", 1, (once,))]


def test_as_a_file_it_tells_each_row_in_its_order() -> None:
    found = Receipt(
        *(1, 1),
        refused=(Refusal(2, "b", "no"),),
        taken=(Taken(4, "d", False, "uri:a"), Taken(1, "a", True, "uri:a")),
        waiting=(Waiting(3, "c", "C", "Ada"),),
    )
    assert found.as_csv().splitlines()[1:] == [
        *("1,a,added,", "2,b,refused,no", "3,c,waiting,", "4,d,already there,")
    ]
