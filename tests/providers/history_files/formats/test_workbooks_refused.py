"""Workbooks that are damaged, locked or made to do harm are refused, each in words."""

import io
import struct
import sys
import zipfile

import pytest

from tests.providers.history_files.formats.workbooks import excel, excel_parts, libre, packed
from tests.providers.history_files.given import file, told, zipped
from ttt.errors import HistoryRefused, InvalidInput
from ttt.providers.history_files import WhyNoHistory
from ttt.providers.history_files.packed import zips
from ttt.providers.history_files.workbooks import apart, books
from ttt.services.explain import explain
from ttt.services.tables import list_files

HEAD = ("Song Title", "Artist", "Date")
BIG = WhyNoHistory.BIG_WORKBOOK
LIST = "<table:table-row><table:table-cell/></table:table-row>"


def rows(count: int = 1) -> list[tuple[object, ...]]:
    return [HEAD, *[(f"T{n}", "A", "2024-03-30 22:00:00") for n in range(count)]]


def sheets(content: bytes) -> list[books.Sheet]:
    stream = io.BytesIO(content)
    return books.sheets(zips.entries(stream, "", 1 << 20), stream)


def refused(content: bytes) -> WhyNoHistory:
    with pytest.raises(HistoryRefused) as caught:
        told(file(content), zone="UTC")
    return caught.value.why


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_damaged_workbook_is_refused(part: str) -> None:
    parts = excel_parts({"S": rows(3)})
    parts[part] = parts[part][: len(parts[part]) // 2]
    assert refused(packed(parts)) is WhyNoHistory.WORKBOOK


def test_a_workbook_with_a_broken_part_is_refused() -> None:
    whole = excel({"S": rows(300)})
    at = whole.index(b"xl/worksheets/sheet1.xml") + 200
    assert refused(whole[:at] + b"\0\0\0\0" + whole[at + 4 :]) is WhyNoHistory.WORKBOOK


def test_entities_are_never_expanded() -> None:
    declared = '<!DOCTYPE x [<!ENTITY y "T1">]>'
    parts = excel_parts({"S": rows()})
    shared = "xl/sharedStrings.xml"
    parts[shared] = declared + parts[shared].replace("<t>T0</t>", "<t>&y;</t>")
    assert refused(packed(parts)) is WhyNoHistory.WORKBOOK


def test_a_locked_workbook_of_libreoffice_is_refused() -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    locked = libre(LIST, manifest=f"<manifest:manifest>{entry}</manifest:manifest>")
    assert sheets(libre(LIST))
    assert refused(locked) is WhyNoHistory.WORKBOOK
    assert not sheets(locked)


def far(*places: str) -> bytes:
    """A workbook with cells at these places only."""
    parts = excel_parts({"S": [("a",)]})
    cells = "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in places)
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return packed(parts)


def counted(texts: int) -> bytes:
    """A workbook that says that it has so many texts."""
    parts = excel_parts({"S": rows()})
    shared = "xl/sharedStrings.xml"
    return packed(parts | {shared: parts[shared].replace("<sst", f'<sst uniqueCount="{texts}"')})


def shared_often() -> bytes:
    """A workbook with one long text in many cells."""
    parts = excel_parts({"S": [("x" * 1_000_000,)]})
    cells = '<row><c t="s"><v>0</v></c></row>' * 5_000
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return packed(parts)


def repeated(columns: int, times: int) -> bytes:
    """A workbook of LibreOffice with one cell so many times."""
    said = f'office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"'
    cell = f"<table:table-cell {said}/>"
    return libre(f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>')


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
@pytest.mark.parametrize(
    "bomb",
    [far("A1", "XFD1048576"), counted(10**10), shared_often(), repeated(16_384, 6_000)],
    ids=["far", "counted", "shared", "repeated"],
)
def test_a_small_workbook_that_asks_for_much_memory_is_refused(bomb: bytes) -> None:
    assert len(bomb) < 20_000
    assert refused(bomb) is BIG
    with pytest.raises(InvalidInput, match="larger than 5 MB"):
        list_files.read(bomb)


def test_a_workbook_holds_at_most_128_mb_with_all_its_parts() -> None:
    parts = excel_parts({"S": rows()})
    beside = sum(map(len, parts.values()))
    most = packed(parts | {"xl/media/1.png": bytes((128 << 20) - beside)})
    assert len(sheets(most)) == 1
    assert refused(packed(parts | {"xl/media/1.png": bytes((128 << 20) - beside + 1)})) is BIG
    assert "128 MB" in str(explain(HistoryRefused(BIG, "x")))


class OneTable:
    """A workbook of one sheet whose last cell is there."""

    sheet_names = ("S",)

    def __init__(self, row: int, column: int) -> None:
        self.total_height, self.total_width = row, column

    def get_sheet_by_name(self, _: str) -> "OneTable":
        return self

    def iter_rows(self) -> tuple[()]:
        return ()


def test_a_workbook_has_at_most_5_million_cells_with_those_between() -> None:
    with zipfile.ZipFile(io.BytesIO(), "w") as zipped:
        apart.write(OneTable(39_999, 124), zipped)
        with pytest.raises(MemoryError):
            apart.write(OneTable(40_000, 124), zipped)
    assert refused(far("A1", "A99999999")) is BIG
    assert "5 million cells" in str(explain(HistoryRefused(BIG, "x")))


def test_a_workbook_of_libreoffice_that_breaks_off_is_refused_at_once() -> None:
    with zipfile.ZipFile(io.BytesIO(libre(LIST))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["content.xml"]
    parts["content.xml"] = content[: content.index(b"</table:table>")]
    assert refused(packed(parts)) is WhyNoHistory.WORKBOOK


def test_what_a_workbook_says_of_its_size_is_not_believed() -> None:
    liar = excel({"S": rows(3_000)})
    with zipfile.ZipFile(io.BytesIO(liar)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    liar = liar.replace(struct.pack("<L", size), struct.pack("<L", 100))
    assert refused(liar) is BIG


def test_a_bomb_in_a_zip_costs_only_itself() -> None:
    found = told(
        zipped({"b.xlsx": far("A1", "XFD1048576"), "a.xlsx": excel({"S": rows()})}), zone="UTC"
    )
    assert [play.title for play in found.plays] == ["T0"]
    assert found.reading.passed_over == (("b.xlsx", BIG),)


def test_of_the_workbooks_in_a_zip_twenty_are_opened() -> None:
    book = excel({"S": rows()})
    found = told(zipped({f"{n}.xlsx": book for n in range(21)}), zone="UTC")
    assert len(found.plays) == 20
    assert found.reading.passed_over == (("20.xlsx", WhyNoHistory.ZIP_INSIDE),)
