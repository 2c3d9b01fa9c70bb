"""Google hands out what was watched as a page, in the person's own language, unless asked."""

from datetime import UTC, datetime

import pytest

from tests.providers.history_files.given import file, told, zipped
from ttt.errors import HistoryRefused
from ttt.plays import Kind, Sense, WhyRefused
from ttt.providers.history_files import Format, Order, Question, WhyNoHistory
from ttt.providers.history_files.blocks import LONGEST_ROW

BEGIN = (
    "<html><head><title>My Activity History</title><style>/** material-design-lite\n"
    " * @link https://github.com/google/material-design-lite */"
    f"{'.mdl-color{color:#f44336}' * 2_000}</style></head><body><div class='mdl-grid'>"
)
END = "</div></body></html>"
CELL = '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1'
LANTERNS = '<a href="https://music.youtube.com/watch?v=x&amp;t=1">Paper &amp; Lanterns</a>'
FEW = '<a href="https://www.youtube.com/channel/UCx">The Few - Topic</a>'
WHEN = "Nov 3, 2025, 4:05:06\u202fPM CET"
AT = int(datetime(2025, 11, 3, 15, 5, 6, tzinfo=UTC).timestamp())


def row(*lines: str, header: str = "YouTube Music") -> str:
    said = "".join(f"{line}<br>" for line in lines)
    return (
        '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
        f'<div class="header-cell mdl-cell"><p class="mdl-typography--title">{header}<br></p></div>'
        f'{CELL}">{said}</div>{CELL} mdl-typography--text-right"></div>'
        '<div class="content-cell mdl-cell mdl-typography--caption"><b>Products:</b><br>&emsp;'
        "YouTube<br></div></div></div>"
    )


def page(*rows: str) -> str:
    return BEGIN + "".join(rows) + END


def dated(*times: str) -> str:
    return page(*(row(f"Watched {LANTERNS}", FEW, time) for time in times))


def test_music_of_a_page_is_read_and_every_other_row_counted() -> None:
    clip = '<a href="https://www.youtube.com/watch?v=x">A clip</a>'
    gone = '<a href="https://music.youtube.com/watch?v=y">https://music.youtube.com/watch?v=y</a>'
    found = told(
        file(
            page(
                row(f"Watched\xa0{LANTERNS}", FEW, WHEN),
                row(
                    f"Watched {clip}", '<a href="https://www.youtube.com/c/x">Ann</a>', WHEN
                ).replace("YouTube Music", "YouTube"),
                row("Watched a video that has been removed", WHEN),
                row(f"Watched {gone}", FEW, WHEN),
                row(f"{LANTERNS}&nbsp;angesehen", FEW, "some day"),
                row(f"Watched {LANTERNS}", FEW),
                row(),
                row(f"Watched {LANTERNS}", "Ann", WHEN, header="YouTube"),
            )
        )
    )
    assert found.reading.format is Format.YOUTUBE_PAGE
    assert [(p.row, p.told_at, p.title, p.artists) for p in found.plays] == [
        (1, AT, "Paper & Lanterns", ("The Few",)),
        (8, AT, "Paper & Lanterns", ("Ann",)),
    ]
    assert [(left.row, left.kind) for left in found.left_out] == [
        (2, Kind.VIDEO),
        (3, Kind.NAMELESS),
        (4, Kind.NAMELESS),
    ]
    assert [(refused.row, refused.reason) for refused in found.refused] == [
        (5, WhyRefused.BAD_TIME),
        (6, WhyRefused.NO_TIME),
        (7, WhyRefused.NO_ROW),
    ]


@pytest.mark.parametrize(
    ("time", "utc"),
    [
        ("Nov 3, 2025, 4:05:06 PM EST", "2025-11-03 21:05:06"),
        ("Nov. 3, 2025, 12:05:06 a.m. PST", "2025-11-03 08:05:06"),
        ("3 Nov 2025, 16:05:06 GMT", "2025-11-03 16:05:06"),
        ("03.11.2025, 16:05:06 MEZ", "2025-11-03 15:05:06"),
        ("3 nov. 2025, 16:05:06 UTC+1", "2025-11-03 15:05:06"),
        ("3 nov 2025, 16:05:06 CET", "2025-11-03 15:05:06"),
        ("2025-11-03 16 h 05 min 06 s HNE", "2025-11-03 21:05:06"),
        ("3 de nov. de 2025, 16:05:06 BRT", "2025-11-03 19:05:06"),
        ("14/11/2025, 16:05:06 WET", "2025-11-14 16:05:06"),
        ("3 lis 2025, 16:05:06 CET", "2025-11-03 15:05:06"),
        ("3. 11. 2025 16:05:06 SEČ", "2025-11-03 15:05:06"),
        ("2025. nov. 3. 16:05:06 CET", "2025-11-03 15:05:06"),
        ("3.11.2025 klo 16.05.06 UTC+2", "2025-11-03 14:05:06"),
        ("3. nov. 2025 16.05.06 CET", "2025-11-03 15:05:06"),
        ("3 Νοε 2025, 4:05:06 μ.μ. EET", "2025-11-03 14:05:06"),
        ("3 нояб. 2025 г., 16:05:06 MSK", "2025-11-03 13:05:06"),
        ("3 Kas 2025 16:05:06 GMT+03:00", "2025-11-03 13:05:06"),
        ("3 พ.ย. 2568 16:05:06 GMT+07:00", "2025-11-03 09:05:06"),
        ("3 พ.ย. 2568 16 นาฬิกา 05 นาที 06 วินาที GMT+7", "2025-11-03 09:05:06"),
        ("29 ก.พ. 2567 16:05:06 GMT+7", "2024-02-29 09:05:06"),
        ("16:05:06 GMT+7 3 thg 11, 2025", "2025-11-03 09:05:06"),
        ("16:05:06 3 thg 11, 2025 GMT+07:00", "2025-11-03 09:05:06"),
        ("lúc 16:05:06 ICT, 3 tháng 11, 2025", "2025-11-03 09:05:06"),
        ("٣ نوفمبر ٢٠٢٥، ٤:٠٥:٠٦ م GMT+3", "2025-11-03 13:05:06"),
        ("23\u200f/11\u200f/2025، 12:05:06 ص GMT+3", "2025-11-22 21:05:06"),
        ("3 בנוב׳ 2025, 16:05:06 GMT+2", "2025-11-03 14:05:06"),
        ("3 نوامبر 2025،\u200f 16:05:06 (GMT+3:30)", "2025-11-03 12:35:06"),
        ("3 नव॰ 2025, 4:05:06 pm GMT+5:30", "2025-11-03 10:35:06"),
        ("3 নভে, 2025 4:05:06 PM GMT+6", "2025-11-03 10:05:06"),
        ("3 ნოე. 2025, 16:05:06 GMT+4", "2025-11-03 12:05:06"),
        ("2025 թ. նոյ 3, 16:05:06 GMT+4", "2025-11-03 12:05:06"),
        ("2025\u202fж. 03 қар., 16:05:06 GMT+5", "2025-11-03 11:05:06"),
        ("2025. gada 3. nov. 16:05:06 GMT+2", "2025-11-03 14:05:06"),
        ("Nob 3, 2025, 4:05:06\u202fPM GMT+8", "2025-11-03 08:05:06"),
        ("3 nën 2025, 4:05:06\u202fm.d., GMT+1", "2025-11-03 15:05:06"),
        ("3 d’ag. 2025, 16:05:06 CEST", "2025-08-03 14:05:06"),
        ("2025年11月3日 清晨5:05:06 [GMT+8]", "2025-11-02 21:05:06"),
        ("2025年11月3日 中午12:05:06 [GMT+8]", "2025-11-03 04:05:06"),
        ("2025年11月3日 晚上8:05:06 [GMT+8]", "2025-11-03 12:05:06"),
        ("2025年11月4日 凌晨12:05:06 [GMT+8]", "2025-11-03 16:05:06"),
        ("2025/11/03 16:05:06 JST", "2025-11-03 07:05:06"),
        ("2025年11月3日 GMT+8 16:05:06", "2025-11-03 08:05:06"),
        ("2025年11月3日 下午4:05:06 [GMT+8]", "2025-11-03 08:05:06"),
        ("2025. 11. 3. 오후 4시 5분 6초 KST", "2025-11-03 07:05:06"),
        ("3 Nov 2025, 16.05.06 WIB", "2025-11-03 09:05:06"),
        ("Nov 3, 2025, 4:05:06 PM GMT+5:45", "2025-11-03 10:20:06"),
        ("Oct 26, 2025, 2:30:00 AM CEST", "2025-10-26 00:30:00"),
        ("Oct 26, 2025, 2:30:00 AM CET", "2025-10-26 01:30:00"),
    ],
)
def test_times_are_read_as_each_language_writes_them(time: str, utc: str) -> None:
    (play,) = told(file(dated(time))).plays
    assert datetime.fromtimestamp(play.told_at, UTC) == datetime.fromisoformat(f"{utc}Z")
    assert play.sense in {0, Sense.START}


@pytest.mark.parametrize(
    "time", ["Nov 31, 2025, 4:05:06 PM CET", "3 xyz 2025, 16:05:06 CET", "16:05:06 CET", "x"]
)
def test_a_time_that_nobody_can_read_costs_its_row_and_is_counted(time: str) -> None:
    found = told(file(dated(WHEN, time)))
    assert len(found.plays) == 1
    assert [(refused.row, refused.reason) for refused in found.refused] == [
        (2, WhyRefused.BAD_TIME)
    ]


def test_a_zone_is_asked_for_where_any_time_of_music_names_none_for_certain() -> None:
    content = dated(WHEN, "3 Jul 2025, 16:05:06 BST")
    with pytest.raises(HistoryRefused) as refused:
        told(file(content))
    assert refused.value.why is WhyNoHistory.ZONE_NEEDED
    first, second = told(file(content), zone="Europe/London").plays
    assert (first.told_at, second.told_at - first.told_at) == (AT, -123 * 86_400)
    assert [row.row for row in told(file(content), zone="Asia/Tokyo").refused] == [2]
    clip = page(row("Watched x", "Ann", "3 Jul 2025, 16:05:06 BST", header="YouTube"))
    assert not told(file(clip)).plays


def test_day_and_month_are_told_by_the_whole_page_or_asked_for() -> None:
    unclear = "03/11/2025, 16:05:06 WET"
    found = told(file(dated(unclear, "14/11/2025, 16:05:06 WET")))
    assert [p.told_at - AT for p in found.plays] == [3_600, 11 * 86_400 + 3_600]
    asked = file(dated(unclear, unclear))
    with pytest.raises(HistoryRefused) as refused:
        told(asked)
    assert refused.value.why is WhyNoHistory.DATES_NEEDED
    assert [p.told_at - AT for p in told(asked, order=Order.DAY).plays] == [3_600, 3_600]


def test_marks_of_direction_hide_no_order_of_day_and_month() -> None:
    unclear, clear = (f"{day}\u200f/11\u200f/2025، 4:05:06 م GMT+1" for day in ("03", "14"))
    found = told(file(dated(unclear, clear)))
    assert [p.told_at - AT for p in found.plays] == [0, 11 * 86_400]
    with pytest.raises(HistoryRefused) as refused:
        told(file(dated(unclear)))
    assert refused.value.why is WhyNoHistory.DATES_NEEDED


@pytest.mark.parametrize(
    "title",
    [
        "Watched T",
        "Просмотрено видео T",
        "T adlı videoyu izlediniz",
        "Je hebt naar T gekeken",
        "Så T",
        "T angesehen",
        "T",
    ],
)
def test_no_title_keeps_the_words_for_having_watched_it(title: str) -> None:
    said = {"header": "YouTube Music", "title": title, "subtitles": [{"name": "A – Тема"}]}
    (play,) = told(file([said | {"time": "2025-11-03T15:05:06Z"}])).plays
    assert (play.title, play.artists) == ("T", ("A",))


def test_the_words_of_one_language_are_no_part_of_a_title_in_another() -> None:
    said = {"header": "YouTube Music", "title": "Så enkelt angesehen", "subtitles": [{"name": "A"}]}
    (play,) = told(file([said | {"time": "2025-11-03T15:05:06Z"}])).plays
    assert play.title == "Så enkelt"


def test_the_same_in_json_is_the_same_play() -> None:
    in_json = {
        "header": "YouTube Music",
        "title": "Watched Paper & Lanterns",
        "titleUrl": "https://music.youtube.com/watch?v=x",
        "subtitles": [{"name": "The Few - Topic"}],
        "time": "2025-11-03T15:05:06.784Z",
    }
    assert told(file([in_json])).plays == told(file(dated(WHEN))).plays


def test_what_is_damaged_of_a_page_costs_its_own_row() -> None:
    whole = row(f"Watched {LANTERNS}", FEW, WHEN)
    found = told(file(page(whole, whole[:300], whole, whole)[: -len(END) - 200]))
    assert [p.row for p in found.plays] == [1, 3]
    assert [(refused.row, refused.reason) for refused in found.refused] == [
        (2, WhyRefused.UNREADABLE),
        (4, WhyRefused.CUT_OFF),
    ]


def test_a_row_without_end_is_one_row_and_no_more() -> None:
    whole = row(f"Watched {LANTERNS}", FEW, WHEN)
    found = told(file(page(whole, row("x" * (LONGEST_ROW + 1), FEW, WHEN), whole)))
    assert [p.row for p in found.plays] == [1, 3]
    assert [refused.reason for refused in found.refused] == [WhyRefused.TOO_LONG]


def test_googles_other_pages_are_no_history() -> None:
    other = page(row('Visited <a href="https://example.org">x</a>', WHEN, header="Chrome"))
    for content in (other, page(), f"{BEGIN}<p>nothing</p>{END}"):
        with pytest.raises(HistoryRefused) as refused:
            told(file(content))
        assert refused.value.why is WhyNoHistory.DOCUMENT
    found = told(zipped({"Takeout/Chrome.html": other, "Takeout/watch.html": dated(WHEN)}))
    assert [part.name for part in found.reading.parts] == ["Takeout/watch.html"]
    assert len(found.plays) == 1
    assert Question.ZONE not in found.reading.questions
