"""A receipt counts each row once."""

from ttt.services.tables.receipt import Receipt, Refusal, Taken


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
