"""Workbooks are read sheet by sheet, as far as they are whole."""

import tracemalloc

import pytest

from tests.providers.history_files.formats.workbooks import (
    CLOCK,
    DAY,
    TIME,
    UNIT,
    excel,
    excel_parts,
    libre,
    packed,
)
from tests.providers.history_files.given import END, NOW, file, told, zipped
from ttt.errors import HistoryRefused
from ttt.plays import WhyRefused
from ttt.providers import history_files
from ttt.providers.history_files import Format, Question, WhyNoHistory
from ttt.providers.history_files.workbooks import numbers

HEAD = ("Song Title", "Artist", "Album Title", "Listening Time", "Date")
EVENING = 45381.9166666667
"""2024-03-30 22:00 as Excel counts days."""


def rows(count: int = 1) -> list[tuple[object, ...]]:
    return [HEAD, *[(f"T{n}", "A & B", "L", 187, "2024-03-30 22:00:00") for n in range(count)]]


def test_deezers_workbook_is_read_from_its_sheet_with_plays() -> None:
    sheets = {
        "01_user": [("Field", "Value"), ("name", "Ann")],
        "10_listeningHistory": rows(2),
        "favourites": [("Song Title", "Artist"), ("U", "B")],
    }
    found = told(file(excel(sheets)), zone="UTC")
    assert found.reading.format is Format.OWN_TABLE
    assert [part.name for part in found.reading.parts] == ["10_listeningHistory"]
    assert [(p.told_at, p.title, p.artists, p.ms) for p in found.plays] == [
        (END, "T0", ("A & B",), 187_000),
        (END, "T1", ("A & B",), 187_000),
    ]
    assert not found.refused


def test_days_numbers_and_rows_between_are_what_excel_shows() -> None:
    table = [
        ("played_at", "artist", "title", "duration"),
        ((EVENING, TIME), "A", 1999, (0.0024884259, CLOCK)),
        (),
        ((EVENING, TIME), "A", 0.1 + 0.2, ""),
    ]
    first, second = told(file(excel({"S": table})), zone="UTC").plays
    assert (first.told_at, first.title, first.duration_ms) == (END, "1999", 215_000)
    assert (second.told_at, second.title) == (END, "0.30000000000000004")


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    table = [("played_at", "artist", "title"), ((EVENING - 1462, TIME), "A", "T")]
    found = told(file(packed(excel_parts({"S": table}, from_1904=True))), zone="UTC")
    assert [play.told_at for play in found.plays] == [END]


@pytest.mark.parametrize(
    ("style", "code", "text"),
    [
        (0, "", "45381.5"),
        (14, "", "2024-03-30 12:00:00"),
        (0, "dd/mm/yyyy", "2024-03-30 12:00:00"),
        (0, "[$-407]d. mmmm yyyy hh:mm", "2024-03-30 12:00:00"),
        (0, "[h]:mm:ss", "1089156:00:00"),
        (0, '0.0" days"', "45381.5"),
        (0, "General", "45381.5"),
        (0, "0.00E+00", "45381.5"),
    ],
)
def test_a_number_is_a_time_where_its_format_says_so(style: int, code: str, text: str) -> None:
    assert numbers.shown("45381.5", numbers.kind_of(style, code)) == text


def test_a_day_without_a_clock_is_written_without_one() -> None:
    assert numbers.shown("45381", numbers.kind_of(14)) == "2024-03-30"
    assert [numbers.shown(text, None) for text in ("2.0", "1e3", "x")] == ["2", "1000", "x"]


def test_libreoffices_workbook_is_read_too() -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    time = text.replace("{}", "x").replace(
        "office:", 'office:date-value="2024-03-30T22:00" office:'
    )
    number = '<table:table-cell office:value="1999"><text:p>1.999</text:p></table:table-cell>'
    many = '<table:table-cell table:number-columns-repeated="16000"/>'
    none = f'<table:table-row table:number-rows-repeated="1048000">{many}</table:table-row>'
    head = "".join(map(text.format, ("artist", "title", "played_at")))
    table = "".join(
        f"<table:table-row>{cells}{many}</table:table-row>"
        for cells in (head, text.format("A") + number + time)
    )
    (play,) = told(file(libre(table + none)), zone="UTC").plays
    assert (play.told_at, play.title, play.artists) == (END, "1999", ("A",))


def test_a_damaged_sheet_is_read_as_far_as_it_is_whole() -> None:
    parts = excel_parts({"S": rows(3)})
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: sheet.index('<row r="4"') + 20]
    found = told(file(packed(parts)), zone="UTC")
    assert [play.title for play in found.plays] == ["T0", "T1"]
    assert [row.reason for row in found.refused] == [WhyRefused.BROKEN]


def test_texts_that_are_lost_cost_their_rows_and_are_told() -> None:
    parts = excel_parts({"S": rows(3)})
    shared = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = shared[: shared.index("T2")]
    found = told(file(packed(parts)), zone="UTC")
    assert [play.title for play in found.plays] == ["T0", "T1"]
    assert [row.reason for row in found.refused] == [WhyRefused.NO_TITLE, WhyRefused.BROKEN]


def test_a_workbook_in_a_zip_is_read_where_it_is() -> None:
    found = told(
        zipped({"data/deezer.xlsx": excel({"plays": rows()}), "x.pdf": b"%PDF"}), zone="UTC"
    )
    assert [part.name for part in found.reading.parts] == ["data/deezer.xlsx/plays"]
    assert len(found.plays) == 1


def test_a_workbook_that_declares_a_document_type_is_not_read() -> None:
    parts = excel_parts({"S": rows()})
    parts["xl/workbook.xml"] = f'<!DOCTYPE x [<!ENTITY y "z">]>{parts["xl/workbook.xml"]}'
    with pytest.raises(HistoryRefused) as refused:
        told(file(packed(parts)))
    assert refused.value.why is WhyNoHistory.WORKBOOK


def test_a_zone_is_asked_for_as_for_any_table() -> None:
    reading = history_files.read([file(excel({"S": rows()}))], now=NOW)
    assert reading.questions == {Question.ZONE}


def test_a_workbook_of_many_rows_takes_no_memory_for_them() -> None:
    packed_rows = file(
        excel({"S": [(*HEAD, "x" * 200), *[(*row, "y" * 200) for row in rows(3_000)[1:]]]})
    )
    tracemalloc.start()
    found = told(packed_rows, zone="UTC")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.plays) == 3_000
    assert peak < 24 << 20


def test_styles_of_days_are_those_of_the_workbook() -> None:
    table = [("artist", "title", "played_at", "n"), ("A", "T", (45381, DAY), (3.5, UNIT))]
    found = told(file(excel({"S": [*table, ("A", "U", (EVENING, TIME))]})), zone="UTC")
    assert [play.title for play in found.plays] == ["T", "U"]
