"""A text is cut into rows; what is damaged costs a row, and what runs on ends it."""

import pytest

from ttt.services.tables import records


def cut(text: str) -> list[tuple[str, ...] | None]:
    return [row.cells for row in records.cut(text, ",")]


def test_a_cell_holds_fifty_lines_and_one_that_runs_on_was_never_closed() -> None:
    within = 'a,"' + "x\n" * 49 + 'x"\nb,y\n'
    assert [row[0] if row else None for row in cut(within)] == ["a", "b"]
    beyond = 'a,"' + "x\n" * 50 + 'x"\nb,y\n'
    assert cut(beyond)[0] is None
    assert len(cut(beyond)) == 52


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('a, "b, c"\n', ("a", "b, c")),
        (' "a", b\n', ("a", "b")),
        ("a, b\n", ("a", " b")),
        ('a,"say \\"b\\""\n', ("a", 'say "b"')),
        ('a,"say \\"b\n', None),
        ('a,"b" c\n', None),
    ],
)
def test_blanks_and_backslashes_before_quotation_marks_are_no_part_of_a_cell(
    text: str, cells: tuple[str, ...] | None
) -> None:
    assert cut(text) == [cells]


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        *(("", True), (" ,;\t|", True), ("|---|:-:|", True), ("---|---", True), ("---", False)),
        *(("+----+===+", True), ("-----+----", True), ("+--+", True), ("+", False), ("-+", False)),
    ],
)
def test_a_row_that_holds_nothing_is_blank(text: str, blank: bool) -> None:
    assert records.Record(1, (text,), text).blank is blank
