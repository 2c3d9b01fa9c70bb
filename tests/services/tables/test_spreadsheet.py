import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttt.errors import InvalidInput
from ttt.services.tables import spreadsheet
from ttt.services.tables.spreadsheet import Sheet

HEADER_AND_ROW = "uri,Song\nx,Déjà vu\n"
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


def read(content: bytes) -> Sheet:
    return spreadsheet.cut(spreadsheet.decode(content))


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        read(content)
    return caught.value.reason


def table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return list(read(content).rows)


def broken(content: bytes) -> list[tuple[int, str]]:
    """Number and reason of each row that cannot be read."""
    return [(row.number, row.reason) for row in read(content).broken]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "'=", "＝"])
def test_a_cell_that_would_run_is_defused_and_comes_back(start: str) -> None:
    cell = f"{start}1+1"
    written = spreadsheet.write(["song"], [{"song": cell}])
    ((_, (shown,)),) = [(n, row) for n, row in enumerate(rows_of(written)) if n == 1]
    assert shown == f"'{cell}"
    assert spreadsheet.undefused(shown) == cell


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", ["", "Hello", "'Til I Die", "1-2", "a=b", "x@y", "''", "…"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert rows_of(spreadsheet.write(["song"], [{"song": cell}]))[1] == ([cell] if cell else [""])
    assert spreadsheet.undefused(cell) == cell


def test_a_negative_number_is_no_formula() -> None:
    assert rows_of(spreadsheet.write(["n"], [{"n": -5.5}]))[1] == ["-5.5"]


def test_a_missing_value_is_an_empty_cell() -> None:
    assert spreadsheet.write(["a", "b"], [{"a": None, "b": 1}]) == "a,b\r\n,1\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_encoding_that_spreadsheets_write_is_read(encoding: str) -> None:
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
    content = f"{mark}{HEADER_AND_ROW}".encode(encoding)
    assert table(content) == [(2, {"uri": "x", "song": "Déjà vu"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_read(delimiter: str, line_end: str) -> None:
    lines = [delimiter.join(cells) for cells in (["song", "URI "], ['"a,b;c"', "x"])]
    content = line_end.join(lines).encode()
    assert table(content) == [(2, {"song": "a,b;c", "uri": "x"})]


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    content = b'uri,song\nx,"two\nlines"\n\n,\ny,z\n'
    assert [number for number, _ in table(content)] == [2, 5]


def test_a_row_of_another_width_is_not_shifted_but_left_out_with_what_it_holds() -> None:
    sheet = read(b"song,uri\na\nb,x,more\nc,y,\n")
    assert sheet.rows == ((4, {"song": "c", "uri": "y"}),)
    assert [(row.number, row.text) for row in sheet.broken] == [(2, "a"), (3, "b,x,more")]
    assert "1 cell where 2" in sheet.broken[0].reason
    assert "may lack quotation marks" in sheet.broken[1].reason


@pytest.mark.parametrize("content", ["Dé\0jà vu\n", "\0Déjà vu\n", "Déjà vu\n" + "\0" * 500])
def test_a_few_nuls_between_letters_cost_no_file(content: str) -> None:
    assert table(f"uri,song\nx,{content}".encode()) == [(2, {"uri": "x", "song": "Déjà vu"})]


@pytest.mark.parametrize(("odd", "is_text"), [(5, True), (6, False)])
def test_one_letter_in_twenty_may_be_none_of_a_text(odd: int, is_text: bool) -> None:
    content = b"\0" * odd + b"x" * (100 - odd)
    if is_text:
        assert read(content).columns == ("x" * 95,)
    else:
        assert "not a text file" in refusal(content)


def test_of_a_row_that_cannot_be_read_two_hundred_letters_are_shown() -> None:
    (row,) = read(b"uri,song\n" + b"x" * 300 + b"\n").broken
    assert row.text == "x" * 200


def test_five_megabytes_are_taken() -> None:
    content = b"uri\nx\n"
    content += b" " * (5 * 1024**2 - len(content))
    assert [number for number, _ in table(content)] == [2]


def test_a_header_alone_has_no_rows() -> None:
    assert table(b"uri") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"PK\x03\x04[Content_Types].xml", "workbook"),
        (b"PK\x03\x04list.csv", "zip file"),
        (b"\xd0\xcf\x11\xe0", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        *((begin, "compressed") for begin in (b"\x1f\x8b", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")),
        (b"BZh91AY&SY", "compressed"),
        (b"7z\xbc\xaf\x27\x1c", "7z archive"),
        (b"Rar!\x1a\x07", "RAR archive"),
        (b"uri\nx\0y\n", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a text file"),
        (b"\xff\xfeu\0r", "not a text file"),
        (b"x" * (spreadsheet.MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, said: str) -> None:
    assert said in refusal(content)


@pytest.mark.parametrize(
    ("content", "number", "said"),
    [
        (b'uri,song\nx,"never closed\ny,z\n', 2, "never closed"),
        (b'uri,song\nx,y\n"a"b,c\n', 3, "write it twice"),
        (b"uri,song\n" + b"x" * 200_000 + b",y\n", 2, "longer than 131,072"),
    ],
)
def test_a_damaged_row_costs_itself_and_says_why(content: bytes, number: int, said: str) -> None:
    ((row, reason),) = broken(content)
    assert row == number
    assert said in reason
    assert len(broken(content)) + len(table(content)) == len(content.splitlines()) - 1


@given(st.binary() | st.builds(lambda b: b"uri,song\n" + b, st.binary()))
def test_any_content_is_read_or_refused_in_words(content: bytes) -> None:
    try:
        sheet, reason = read(content), "."
    except InvalidInput as error:
        sheet, reason = Sheet((), ()), error.reason
    assert reason.endswith(".")
    assert all(tuple(cells) == sheet.columns for _, cells in sheet.rows)
    assert all(row.reason.endswith(".") for row in sheet.broken)


@given(st.lists(st.fixed_dictionaries({"uri": st.just("x"), "song": texts}), max_size=5))
def test_what_was_written_is_read_again(records: list[dict[str, str]]) -> None:
    content = spreadsheet.write(["uri", "song"], records).encode()
    read = [spreadsheet.undefused(cells["song"]) for _, cells in table(content)]
    assert read == [record["song"] for record in records]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_names_in_quotation_marks_do_not_hide_the_delimiter(delimiter: str) -> None:
    content = "\n".join(delimiter.join(row) for row in (['"song"', '"uri"'], ['"a,b;c"', '"x"']))
    expected = [(2, {"song": "a,b;c", "uri": "x"})]
    assert table(content.encode()) == expected


def test_any_columns_will_do_where_none_is_required() -> None:
    assert table(b"a;b\n1;2,5\n") == [(2, {"a": "1", "b": "2,5"})]


def test_nothing_but_separators_is_a_table_of_nothing() -> None:
    assert table(b",,,\n") == []
