"""Receipts that are kept say all numbers, and of very many rows the first."""

from ttt.services.lists import past
from ttt.services.tables.receipt import Refusal


def refusals(reason: str, rows: range) -> list[Refusal]:
    return [Refusal(row, f"text {row}", reason) for row in rows]


def test_of_every_reason_five_rows_are_kept_however_many_the_others_have() -> None:
    many, few = refusals("no track", range(1, 3_001)), refusals("no link", range(4_000, 4_010))
    kept = past.rows([*many, *few])
    assert len(kept) == 2_000
    assert [row for row, _, reason in kept if reason == "no link"] == list(range(4_000, 4_005))
    assert [row for row, *_ in kept][:1_995] == list(range(1, 1_996))


def test_of_very_many_reasons_the_hundred_commonest_are_kept() -> None:
    every = [one for n in range(101) for one in refusals(f"reason {n}", range(1, 3))]
    every += refusals("reason 100", range(5, 6))
    counted = past.why(past.REFUSED, every)
    assert len(counted) == 100
    assert counted["refused: reason 100"] == 3
    assert "refused: reason 99" not in counted
    assert {reason for _, _, reason in past.rows(every)} == {
        name.removeprefix("refused: ") for name in counted
    }


def test_a_row_is_kept_with_the_first_300_characters_of_it() -> None:
    assert past.rows([Refusal(1, "x" * 301, "no")]) == [[1, "x" * 300, "no"]]


def test_a_name_is_one_line_of_200_characters() -> None:
    assert past.named("a\nb" + "x" * 300, "A file") == "a b" + "x" * 197
    assert past.named(" \n", "A file") == "A file"


def test_all_rows_of_a_reason_count_and_the_first_are_shown() -> None:
    counts = {"refused: no track": 7, "partly: no track": 9, "taken": 3}
    (found, other) = past.reasons(counts, past.REFUSED, [[2, "b", "no track"], [1, "a", "old"]])
    assert (found.text, found.total, [one.row for one in found.rows]) == ("no track", 7, [2])
    assert (other.text, other.total) == ("old", 1)
