"""What parts names in a column of artists is decided by all of the column."""

import pytest

from ttt.providers.columns import Columns
from ttt.services.tables import artists

TYLER, KALI = "Tyler, The Creator", "Kali Uchis"


def parted(header: str, *cells: str, **others: list[str]) -> list[list[str]]:
    """The names in each cell of a column; `others` are columns beside it."""
    rows = [{header: cell} for cell in cells]
    for name, column in others.items():
        rows = [row | {name: cell} for row, cell in zip(rows, column, strict=True)]
    named = artists.naming(rows, Columns(rows))
    return [[name.strip() for name in named(row)] for row in rows]


def test_a_semicolon_anywhere_parts_the_whole_column() -> None:
    assert parted("artist", f"{TYLER};{KALI}", "10,000 Maniacs") == [
        [TYLER, KALI],
        ["10,000 Maniacs"],
    ]


def test_commas_part_names_in_columns_for_several() -> None:
    assert parted("Artist Name(s)", f"{KALI},{TYLER}", "10,000 Maniacs", TYLER) == [
        [KALI, TYLER],
        ["10,000 Maniacs"],
        [TYLER],
    ]
    assert parted("Artist", "Ann,Bob") == [["Ann,Bob"]]


def test_a_backslash_before_a_comma_keeps_a_name_together() -> None:
    assert parted("Artist Name(s)", rf"Tyler\, The Creator, {KALI}", "Ann, Bob") == [
        [TYLER, KALI],
        ["Ann", "Bob"],
    ]


def test_ids_of_artists_tell_how_many_names_there_are() -> None:
    ids = ["spotify:artist:1, spotify:artist:2", "spotify:artist:3", "a,b", ""]
    cells = ["Ann, Bob", "Earth, Wind & Fire", f"{TYLER}, {KALI}", TYLER]
    assert parted("Artist Name(s)", *cells, **{"Artist URI(s)": ids}) == [
        ["Ann", "Bob"],
        ["Earth, Wind & Fire"],
        [f"{TYLER}, {KALI}"],  # three commas' worth of names for two ids: left as it is
        [TYLER],
    ]


@pytest.mark.parametrize("cell", ["['Ann', \"Bob's\"]", '["Ann", "Bob\'s"]'])
def test_lists_of_names_are_read_as_lists(cell: str) -> None:
    assert parted("artists", cell, "['Cid']") == [["Ann", "Bob's"], ["Cid"]]
    assert parted("artists", "['Ann'", "[Bob]", "Cid") == [["['Ann'"], ["[Bob]"], ["Cid"]]


def test_a_table_without_artists_has_none_to_part() -> None:
    assert artists.naming([], Columns([]))({}) == []


def test_each_column_of_artists_is_parted_by_itself() -> None:
    rows = [
        {"artist": "10,000 Maniacs", "artists": "Ann; Bob"},
        {"artist": "", "artists": f"{TYLER};{KALI}"},
    ]
    named = artists.naming(rows, Columns(rows))
    assert [named(row) for row in rows] == [["10,000 Maniacs"], [TYLER, KALI]]
