"""Letters that no database keeps cost themselves, on either database, and never the row."""

import pytest

from tests.services.conftest import add_person
from ttt.services.context import Context
from ttt.services.lists import entries, imports, own_imports, own_values
from ttt.services.person import Person

ID = "4h9wh7iOZ0GGn8QVp4RAOB"
URI = f"spotify:track:{ID}"
JSON = (
    f'[{{"uri": "{URI}", "title": "a\\u0000b", "artist": "c\\ud800", "energy": 0.5}},'
    ' {"title": "x\\ud800", "artist": "y\\u0000", "energy": 0.5}, {"uri": "bad \\u0000\\ud800"}]'
)
LINES = f'{{"uris": ["{URI}", "y\\u0000 - \\ud800x", "\\ud800"]}}'
TABLE = f"Title,Artist,Link\na\x01\x1bb,c\x07,{URI}\nx,y,\nz\x02,,\n"


@pytest.fixture
def cid(anywhere: Context) -> Person:
    """Somebody with an account on the database that is tried."""
    return add_person(anywhere, "cid")


@pytest.mark.parametrize("content", [JSON, LINES, TABLE], ids=["objects", "lines", "a table"])
def test_a_file_is_taken_without_them(anywhere: Context, cid: Person, content: str) -> None:
    receipt = imports.take(anywhere, cid, content.encode(), "odd\x00\ud800.csv")
    assert (receipt.added, len(receipt.refused)) == (1, 2)
    assert receipt.refused[0].text == "y - x"
    (kept,) = imports.listed(anywhere, cid)
    assert (kept.name, kept.rows) == ("odd.csv", 3)


def test_lines_are_taken_without_them(anywhere: Context, cid: Person) -> None:
    receipt = imports.add(anywhere, cid, ["y\x00 - x\udcff", "\x00", "\ud800", f"x\x00 {ID}"])
    assert (receipt.added, [r.text for r in receipt.refused]) == (1, ["y - x"])
    assert [row.uri for row in entries.listed(anywhere, cid)] == [URI]


def test_own_values_are_taken_without_them(anywhere: Context, cid: Person) -> None:
    receipt = own_imports.take(anywhere, cid, JSON.encode(), "\x00.json")
    assert (receipt.taken, len(receipt.refused)) == (1, 2)
    assert own_values.kept(anywhere, cid).tracks == 1
    (kept,) = own_imports.listed(anywhere, cid)
    assert kept.name == ".json"
