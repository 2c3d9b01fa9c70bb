"""Lists that are written to be costly: each is read in about the time that its length takes."""

from contextlib import suppress

import pytest

from ttt.errors import InvalidInput
from ttt.services.lists import reading
from ttt.services.tables import list_files, spreadsheet

LONG = 1_000_000
LETTERS = 100_000  # a cell takes 131,072
HEADER = "title,artist,energy,artist\n"
TOO_MANY = "The file has too many rows and columns"

# What went over such a text again from each of its letters would take hours.
COSTLY = {
    "digits that end as no number": HEADER + f"a,b,{'1' * LETTERS}x,c\n" * 9,
    "digits beside a header": "a,b\n" + f"{'1' * LETTERS}x,c\n" * 9,
    "digits over a song": f"#EXTM3U\n#EXTINF:{'1' * LONG}\n",
    "blanks over a song": f"#EXTM3U\n#EXTINF:{' ' * LONG}x\n",
    "attributes over a song": "#EXTM3U\n#EXTINF:1" + ' a=""' * (LONG // 5),
    "folders in folders": "Radiohead - Creep\n" + "/." * (LONG // 2),
    "blanks behind a clock": f"Radiohead - Creep\n1:02{' ' * LONG}x\n",
    "tracks that do not open": "<playlist " + "<track " * (LONG // 7),
    "blanks before no declaration": f"<playlist {' ' * LONG}",
    "declarations that do not end": "<playlist " + "<?xml" * (LONG // 5),
    "entries in entries": "<asx>" + "<entry>" * (LONG // 7),
    "roots that do not end": f"<a{' ' * LONG}",
    "lists in lists of a page": "<html>" + "<ul><li>" * (LONG // 8),
    "columns without a name": "|" * LONG,
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY)
def test_a_long_text_costs_what_it_is_long(text: str) -> None:
    with suppress(InvalidInput):
        assert not reading.read(list_files.read(text.encode())).lines


# Of 100 kB each; of 5 MB, every row with every column would be gigabytes.
WIDE = {
    "names of their own in each object": "["
    + ",".join(f'{{"title":"a","artist":"b","k{n}":1}}' for n in range(3_000))
    + "]",
    "more columns than a spreadsheet has": "“,”" * 20_000,
    "a few wide rows over many": f"spotify:track:{'4' * 22}{',x' * 999}\n" * 20 + "a\n" * 3_000,
}


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
def test_a_table_of_more_cells_than_memory_should_hold_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=TOO_MANY):
        list_files.read(text.encode())


MANY = {
    "lines": "a\r" * 25_000,
    "rows": 'a,"b\n' * 25_000,
    "objects": '[{"title":"a","artist":"b"},' * 25_000,
    "playlist": "#EXTM3U\n" + "#EXTINF:1,a - b\nx\n" * 25_000,
}


@pytest.mark.parametrize("text", MANY.values(), ids=MANY)
def test_too_many_rows_are_refused_good_and_bad_alike(text: str) -> None:
    with pytest.raises(InvalidInput, match="more than 20,000 rows"):
        list_files.read(text.encode())


def test_as_many_rows_as_a_list_takes_may_have_a_hundred_columns() -> None:
    spreadsheet.require_few(rows=20_000, columns=100)


@pytest.mark.parametrize(("rows", "taken"), [(20_000, True), (20_001, False)])
def test_a_table_of_twenty_thousand_rows_is_taken_and_one_more_is_not(
    rows: int, taken: bool
) -> None:
    table = spreadsheet.decode(b"title\n" + b"a\n" * rows)
    if taken:
        assert len(spreadsheet.cut(table).rows) == rows
    else:
        with pytest.raises(InvalidInput, match="more than 20,000 rows"):
            spreadsheet.cut(table)
