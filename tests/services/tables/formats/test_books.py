"""Lists in workbooks are read as tables are, sheet by sheet."""

import pytest

from tests.providers.history_files.formats.workbooks import CLOCK, DAY, excel, excel_parts, packed
from ttt.errors import InvalidInput
from ttt.services.lists import reading
from ttt.services.tables import list_files

HEAD = ("Title", "Artist", "Released", "Duration", "Energy", "Track URI")
URI = "spotify:track:4uLU6hMCjMI75M1A2tKUQC"
TABLE = [
    ("My list",),
    HEAD,
    ("T", "A", (34022, DAY), (0.0024884259, CLOCK), 0.43, URI),
    (),
    ("U", "B"),
]


def test_a_sheet_is_a_table_with_days_and_lengths_as_they_are_shown() -> None:
    read = reading.read(list_files.read(excel({"S": TABLE})))
    assert [(line.row, line.spotify_id) for line in read.lines] == [(3, URI[-22:])]
    assert [(row, name.title) for row, (_, name) in read.named.items()] == [(5, "U")]
    said = read.said[3]
    assert (said.release_date, said.duration_ms) == ("1993-02-22", 215_000)
    features = read.findings[3].features
    assert features is not None
    assert features.energy == 0.43
    assert not read.refused


def test_of_several_sheets_all_are_taken_that_name_tracks() -> None:
    others = [("Song", "Artist", "BPM"), ("V", "C", 98.5)]
    sheets = {"About": [("Field", "Value"), ("name", "Ann")], "One": TABLE, "Two": others}
    read = reading.read(list_files.read(excel(sheets)))
    assert [name.title for _, name in read.named.values()] == ["U", "V"]
    assert len(read.lines) == 1
    tempos = [found.features.tempo for found in read.findings.values() if found.features]
    assert 98.5 in tempos


def test_a_list_of_links_needs_no_header() -> None:
    read = reading.read(list_files.read(excel({"S": [(URI,), (URI[:-1] + "D",)]})))
    assert len(read.lines) == 2


def test_a_damaged_workbook_is_refused() -> None:
    parts = excel_parts({"S": TABLE})
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index('<row r="5"') + 20]
    with pytest.raises(
        InvalidInput, match="This is a workbook that cannot be read: save it as CSV first"
    ):
        list_files.read(packed(parts))


def test_a_workbook_that_unpacks_to_more_than_a_list_has_is_refused() -> None:
    sheet = [HEAD, *[("x" * 30_000, "A")] * 200]
    with pytest.raises(InvalidInput, match="What this workbook holds is larger than 5 MB"):
        list_files.read(excel({"S": sheet}))
