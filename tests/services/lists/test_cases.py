"""Small inputs of what people bring, with what must come out of them."""

from pathlib import Path

import pytest

from ttt.errors import HistoryInstead
from ttt.found import Source
from ttt.services.context import Context
from ttt.services.lists import entries, importing
from ttt.services.lists.importing import Choices
from ttt.services.person import Person
from ttt.settings import PROJECT

CASES = Path(PROJECT).parent / "shared" / "cases"
TABLES = CASES / "tables"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason=f"{CASES} is not here")


def taken(context: Context, person: Person, name: str) -> tuple[int, list[tuple[int, str]]]:
    """How many rows of a file were added, and number and reason of those that were refused."""
    receipt = importing.import_(context, person, (TABLES / name).read_bytes())
    assert receipt.waiting == ()
    return receipt.added, [(refusal.row, refusal.reason) for refusal in receipt.refused]


@pytest.mark.parametrize(
    "name",
    [
        "another_service_link.csv",
        "row_number_under_id.csv",
        "ids_under_other_names.csv",
        "links_without_header.csv",
    ],
)
def test_three_rows_are_three_tracks(context: Context, ada: Person, name: str) -> None:
    assert taken(context, ada, name) == (3, [])


def test_a_cell_too_many_is_refused_and_names_nothing_for_others(
    context: Context, ada: Person, bob: Person
) -> None:
    added, ((row, reason),) = taken(context, ada, "one_cell_too_many.csv")
    assert (added, row) == (1, 2)
    assert "4 cells where 3 belong" in reason
    assert taken(context, bob, "one_cell_too_many_mended.csv") == (2, [])
    assert [row.title for row in entries.listed(context, bob)] == ["The, Giver", "Fine, thanks"]


def test_a_blank_after_a_comma_is_no_part_of_a_cell(context: Context, ada: Person) -> None:
    assert taken(context, ada, "blank_after_comma.csv") == (1, [])
    (row,) = entries.listed(context, ada)
    assert (row.title, row.artists) == ("Blue, green", ("Some Band",))
    assert row.number("energy") == 0.5


def test_artists_are_parted_as_their_column_is(context: Context, ada: Person) -> None:
    assert taken(context, ada, "artists_by_semicolon.csv") == (2, [])
    artists = [row.artists for row in entries.listed(context, ada)]
    assert artists == [("Tyler, The Creator", "Kali Uchis"), ("10,000 Maniacs",)]


def test_names_in_cyrillic_letters_are_read_or_asked_about(context: Context, ada: Person) -> None:
    content = (TABLES / "cyrillic_cp1251.csv").read_bytes()
    guesses = importing.look(content).guesses
    assert not guesses or "cp1251" in {guess.encoding for guess in guesses}
    choices = Choices(encoding="cp1251" if guesses else None)
    assert importing.import_(context, ada, content, choices=choices).added == 2
    written = content.decode("cp1251").splitlines()[1:]
    titles = [row.title for row in entries.listed(context, ada)]
    assert titles == [line.split(";")[1] for line in written]


def test_everything_that_a_file_says_is_taken(context: Context, ada: Person) -> None:
    assert taken(context, ada, "full_of_values.csv") == (2, [])
    full, failed = entries.listed(context, ada)
    assert (full.release_year, full.duration_ms, full.key_name) == (2019, 215_000, "F major")
    names = ("popularity", "energy", "valence", "tempo")
    assert [full.number(name) for name in names] == [41, 0.42, 0.33, 98.5]
    assert full.genres == ("shibuya-kei", "neo-psychedelic")
    assert {value.source for value in full.values.values()} == {full.genre_source} == {Source.FILE}
    assert [failed.number(name) for name in names] == [17, None, None, None]


def test_a_history_is_said_to_be_one(context: Context, ada: Person) -> None:
    with pytest.raises(HistoryInstead):
        taken(context, ada, "a_history_not_a_list.csv")


def test_pasted_lines_are_five_tracks(context: Context, ada: Person) -> None:
    lines = (CASES / "pasted_lines.txt").read_text(encoding="utf-8").splitlines()
    receipt = entries.add(context, ada, lines)
    assert (receipt.added, receipt.refused) == (5, ())
