"""Workbooks are read sheet by sheet, and refused where they ask for more than they may."""

import io
from datetime import date, datetime, time, timedelta

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
from ttt.providers import history_files
from ttt.providers.history_files import Format, Question
from ttt.providers.history_files.packed import zips
from ttt.providers.history_files.workbooks import apart, books

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
    ("cell", "text"),
    [
        ("a \n b", "a b"),
        ("PT100H03M35S", "100:03:35"),
        (True, "TRUE"),
        (2.0, "2"),
        (0.5, "0.5"),
        (7, "7"),
        (date(2024, 3, 30), "2024-03-30"),
        (datetime(2024, 3, 30, 21, 59, 59, 999_000), "2024-03-30 22:00:00"),  # noqa: DTZ001
        (datetime.max, "9999-12-31 23:59:59"),  # noqa: DTZ901
        (time(7, 12), "7:12:00"),
        (timedelta(days=1, hours=12), "36:00:00"),
        (float("inf"), "inf"),
    ],
)
def test_cells_are_shown_as_people_read_them(cell: apart.Cell, text: str) -> None:
    assert apart.shown(cell) == text


def csv_of(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    (sheet,) = books.sheets(zips.entries(stream, "", 0), stream)
    return sheet.unpacked(stream, 1 << 20).read(1 << 20)


def test_midnight_is_a_time_among_times_and_a_day_among_days() -> None:
    table = [((45381, TIME), (45381, DAY)), ((EVENING, TIME), (45382, DAY))]
    assert csv_of(excel({"S": table})).splitlines() == [
        b"2024-03-30 00:00:00,2024-03-30",
        b"2024-03-30 22:00:00,2024-03-31",
    ]


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


def test_a_workbook_in_a_zip_is_read_where_it_is() -> None:
    found = told(
        zipped({"data/deezer.xlsx": excel({"plays": rows()}), "x.pdf": b"%PDF"}), zone="UTC"
    )
    assert [part.name for part in found.reading.parts] == ["data/deezer.xlsx/plays"]
    assert len(found.plays) == 1


def test_a_zone_is_asked_for_as_for_any_table() -> None:
    reading = history_files.read([file(excel({"S": rows()}))], now=NOW)
    assert reading.questions == {Question.ZONE}


def test_styles_of_days_are_those_of_the_workbook() -> None:
    table = [("artist", "title", "played_at", "n"), ("A", "T", (45381, DAY), (3.5, UNIT))]
    found = told(file(excel({"S": [*table, ("A", "U", (EVENING, TIME))]})), zone="UTC")
    assert [play.title for play in found.plays] == ["T", "U"]
