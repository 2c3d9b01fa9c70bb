"""A receipt counts each row once."""

import pytest

from ttt.services.tables.receipt import (
    Reason,
    Receipt,
    Refusal,
    Taken,
    Waiting,
    told_lost,
    told_values,
)


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
