"""Dates and lengths are taken in every usual spelling, and never guessed."""

import pytest

from ttt.providers.history_files.formats.written import lengths
from ttt.services.tables import times


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2019-03-08", "2019-03-08"),
        ("2019-03-08T07:00:00+01:00", "2019-03-08"),
        ("20190308", "2019-03-08"),
        ("2019-00-00", "2019"),
        ("13/03/2019", "2019-03-13"),
        ("03/13/2019", "2019-03-13"),
        ("5/5/2019", "2019-05-05"),
        ("8.3.2019", "2019-03-08"),
        ("08/03/2019", "2019"),  # day and month may be either
        ("8 Mar 2019", "2019-03-08"),
        ("March 8, 2019", "2019-03-08"),
        ("Mar 2019", "2019-03"),
        ("March 8th, 2019", "2019-03-08"),
        ("2019年3月8日", "2019-03-08"),
        ("2019년 3월", "2019-03"),
        ("8 marca 2019", "2019-03-08"),
        ("8. března 2019", "2019-03-08"),
        ("março de 2019", "2019-03"),
        ("8. listopada 2019", None),  # October or November
        ("31.02.2019", None),
        ("1981-13-45", None),
        ("1551999600", None),
        ("43532", None),
        ("last year", None),
        ("2100", "2100"),
        ("2101", None),
        ("3024-01-01", None),
    ],
)
def test_a_date_is_read_in_any_usual_spelling(cell: str, date: str | None) -> None:
    assert times.date_said([cell]) == date


def test_of_several_dates_the_first_that_is_one_counts() -> None:
    assert times.date_said(["soon", "2019-13-01", "2019", "2020"]) == "2019"


@pytest.mark.parametrize(
    ("column", "cell", "length"),
    [
        ("Duration", "3:35", 215_000),
        ("Duration (ms)", "215,000", 215_000),
        ("duration_ms", "1.215.000", 1_215_000),
        ("duration_ms", "215 000", 215_000),
        ("duration_s", "215.000", 215_000),
        ("Duration", "15", 15_000),
        ("Duration", "14", None),
        ("Duration", "00:03:35", 215_000),
        ("Duration", "3:35.5", 215_000),
        ("Duration", "PT3M35S", 215_000),
        ("Duration", "3 Min. 35 Sek.", 215_000),
        ("Duration", "3 мин 35 с", 215_000),
        ("Duration", "3分35秒", 215_000),
        ("Duration", "3분 35초", 215_000),
        ("Duration", "1h", 3_600_000),
        ("Duration", "3m 35s", 215_000),
        ("Duration", "3 min 35 sec", 215_000),
        ("Duration", "3'35\"", 215_000),
        ("Duration", "215 s", 215_000),
        ("Duration", "215000 ms", 215_000),
        ("Duration", "215000", 215_000),
        ("Duration", "214.6", 214_600),
        ("Duration (ms)", "215000.0", 215_000),
        ("Duration (s)", "3.5", 3_500),
        ("Duration (min)", "3.5", 210_000),
        ("Duration", "3.35", None),  # minutes, or minutes and seconds
        ("Duration (ms)", "215", None),  # seconds, more likely
        ("duration_ms", "1000", 1_000),
        ("duration_ms", "999", None),
        ("Duration", "10000", 10_000_000),
        ("Duration", "10001", 10_001),
        ("Duration", "1:02:03", 3_723_000),
        ("Duration", "1 h 2 min 3 s", 3_723_000),
        ("Duration", "0", None),
        ("Duration", "0:00", None),
        ("Duration", "-1", None),
        ("Duration", "long", None),
        ("length", "PT225S", 225_000),
        ("length", "P0DT0H3M45S", 225_000),
        ("length", "3:45 min", 225_000),
        ("length", "3 minutes, 45 seconds", 225_000),
        ("length", "1899-12-30 00:03:45", 225_000),
        ("duration (ms)", "225 s", 225_000),
        ("length", "3:75", None),
    ],
)
def test_a_length_is_read_in_any_usual_spelling(column: str, cell: str, length: int | None) -> None:
    assert lengths.said([(column, cell)]) == length


def test_of_several_lengths_the_first_that_is_one_counts() -> None:
    assert lengths.said([("Time", "later"), ("Length", "3:35"), ("duration_ms", "1")]) == 215_000


@pytest.mark.parametrize(
    ("cells", "turned"),
    [
        (["03:45:00", "04:10:00", "", "02:59:00"], True),
        (["03:45:00", "04:10:00"], False),  # two mixes may be as long
        (["03:45:00", "04:10:00", "02:59:01"], False),
        (["00:45:00", "00:10:00", "00:59:00"], False),
    ],
)
def test_minutes_that_a_spreadsheet_took_for_hours_are_minutes(
    cells: list[str], turned: bool
) -> None:
    assert lengths.are_turned(cells) is turned
    assert lengths.turned_back(" 03:45:00 ") == "03:45"
