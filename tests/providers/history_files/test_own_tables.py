"""Tables of one's own: heads of many languages, times in many ways, dates that nobody can tell."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.providers.history_files.given import TRACK, Content, Told, file, told, zipped
from tests.providers.history_files.test_archive import why
from ttt.plays import Sense, WhyRefused
from ttt.providers import history_files
from ttt.providers.history_files import Column, Format, Order, Question, WhyNoHistory
from ttt.providers.history_files.formats import times

EVENING = datetime(2024, 4, 3, 19, 15, tzinfo=UTC)
"""03/04/2024 21:15 in Berlin."""


def read(content: Content, **answers: object) -> Told:
    return told(file(content), zone="Europe/Berlin", **answers)  # type: ignore[arg-type]


def stamps(found: Told) -> list[datetime]:
    return [datetime.fromtimestamp(play.told_at, UTC) for play in found.plays]


@pytest.mark.parametrize(
    "table",
    [
        "Datum;Interpret;Titel;Album;Dauer\n03.04.2024 21:15;A;T;L;215,5\n",
        "Datum;Uhrzeit;Künstler;Titel;Album;Länge\n03.04.2024;21:15;A;T;L;3:35,5\n",
        "Gespielt am\tKünstler\tLied\tAlbum\tDauer\n3. April 2024, 21:15 Uhr\tA\tT\tL\t215,5\n",
        "fecha;artista;canción;álbum;duración\n03/04/2024 21:15;A;T;L;215,5\n13/04/2024 9:00;A;U;;",
        "Fecha,Hora,Artista,Título,Disco,Duración\n2024-04-03,21:15,A,T,L,215.5\n",
        "Date;Heure;Artiste;Titre;Album;Durée\n03/04/2024;21h15;A;T;L;215,5\n30/04/2024;1h00;A;U;;\n",
        "Horodatage;Artiste;Morceau;Album;Durée\n3 avril 2024 à 21:15;A;T;L;3:35,5\n",
        "data;artista;brano;album;durata\n03-04-2024 21.15;A;T;L;215,5\n14-04-2024 21.15;A;U;;\n",
        "data,artista,música,álbum,duração\n03 de abril de 2024 21:15,A,T,L,215.5\n",
        "datum;tijd;artiest;nummer;album;duur\n03-04-24;21:15;A;T;L;215,5\n31-04-24;x;A;U;;\n",
        "Date|Time|Artist|Track|Album|Duration\n2024/04/03|9:15 PM|A|T|L|3:35.5\n",
        "Date,Time,Artist,Track,Album,Duration\n4/3/2024,9:15 PM,A,T,L,215.5\n4/13/2024,,A,U,,",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_heads_and_times_of_many_languages_are_known(table: str, encoding: str) -> None:
    found = read(table.encode(encoding))
    play = found.plays[0]
    assert found.reading.format is Format.OWN_TABLE
    assert stamps(found)[0] == EVENING
    assert (play.title, play.artists, play.album) == ("T", ("A",), "L")
    assert play.duration_ms == 215_500
    assert play.sense == Sense.START_MINUTE


@pytest.mark.parametrize(
    "table",
    [
        "Tarih;Sanatçı;Şarkı;Albüm\n3 Nisan 2024 21:15;A;T;L\n",
        "Data;Wykonawca;Utwór;Płyta\n3 kwietnia 2024, 21:15;A;T;L\n",
        "Datum;Interpret;Skladba;Album\n3. dubna 2024 v 21:15;A;T;L\n",
        "Дата;Виконавець;Назва;Альбом\n3 квітня 2024 р. о 21:15;A;T;L\n",
        "Datum;Izvođač;Naslov;Album\n3. travnja 2024. u 21:15;A;T;L\n",
        "Datum;Artist;Låt;Album\n3 april 2024 kl. 21:15;A;T;L\n",
        "Dato;Kunstner;Titel;Album\n3. april 2024 kl. 21.15;A;T;L\n",
        "Päivämäärä;Esittäjä;Kappale;Albumi\n3. huhtikuuta 2024 klo 21.15;A;T;L\n",
        "Dátum;Előadó;Cím;Album\n2024. április 3. 21:15;A;T;L\n",
        "Data;Artist;Piesă;Album\n3 aprilie 2024 la 21:15;A;T;L\n",
        "Ημερομηνία;Καλλιτέχνης;Τίτλος;Άλμπουμ\n3 Απριλίου 2024 στις 9:15 μ.μ.;A;T;L\n",
        "Дата;Изпълнител;Заглавие;Албум\n3 април 2024 г. в 21:15;A;T;L\n",
    ],
)
def test_heads_and_months_of_more_languages_of_europe_are_known(table: str) -> None:
    found = read(table.encode())
    assert stamps(found) == [EVENING]
    assert [(p.title, p.artists, p.album) for p in found.plays] == [("T", ("A",), "L")]


@pytest.mark.parametrize("between", ["time,artist,title\n", "---,:---:,---\n"])
def test_a_header_that_comes_again_and_the_line_under_one_are_no_rows(between: str) -> None:
    row = "2024-04-03 21:15,A,T\n"
    found = read(f"time,artist,title\n{row}{between}{row}".encode())
    assert (len(found.plays), found.refused) == (2, [])


@pytest.mark.parametrize(
    ("text", "stamp", "sense"),
    [
        ("1711836000", 1_711_836_000, 0),
        ("1711836000123456789", 1_711_836_000, 0),
        ("/Date(1711836000123+0100)/", 1_711_836_000, 0),
        ("20240330220000", 1_711_836_000, 0),
        ("202403302200", 1_711_836_000, Sense.START_MINUTE),
        ("2024-03-30T21:59:60Z", 1_711_836_000, 0),
        ("2024-03-30T24:00:00Z", 1_711_843_200, 0),
        ("30/03/2024 22:00 +25:00", None, 0),
        ("30th of March 2024 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("segunda-feira, 30 de março de 2024 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("2024. gada 30. marts 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("2024 m. kovo 30 d. 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("2024-Mar-30 22:00:00", 1_711_836_000, 0),
        ("1711836000.7", 1_711_836_000, 0),
        ("1711836000123", 1_711_836_000, 0),
        ("1711836000123456", 1_711_836_000, 0),
        ("1.711836000E+12", 1_711_836_000, 0),
        ("1.711836E+12", None, 0),
        ("45381.9166666667", 1_711_836_000, 0),
        ("45381", 1_711_756_800, Sense.DAY),
        ("20240330", 1_711_756_800, Sense.DAY),
        ("20240330.0", 1_711_756_800, Sense.DAY),
        ("20240330.5", 20_240_330, 0),
        ("2024-03-30", 1_711_756_800, Sense.DAY),
        ("30.03.2024", 1_711_756_800, Sense.DAY),
        ("2024-03-30T22:00:00Z", 1_711_836_000, 0),
        ("2024-03-30T22:00:00.123456+00:00", 1_711_836_000, 0),
        ("2024-03-30T23:00:00+0100", 1_711_836_000, 0),
        ("2024-03-30 22:00:00 UTC", 1_711_836_000, 0),
        ("2024-03-30 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("2024/3/30 22:00:00", 1_711_836_000, 0),
        ("2024/3/5 22:00:00", 1_709_676_000, 0),
        ("2024. 3. 5. 22:00", 1_709_676_000, Sense.START_MINUTE),
        ("2024-3-5", 1_709_596_800, Sense.DAY),
        ("2024-03-30 22.00", 1_711_836_000, Sense.START_MINUTE),
        ("2024-03-30 22.15.30", 1_711_836_930, 0),
        ("30-Mar-24 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("30-Mar-2024 22:00:00", 1_711_836_000, 0),
        ("45381,9166666667", 1_711_836_000, 0),
        ("30/3/4 22:00", None, 0),
        ("30.3.24 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("30.03.2024, 22:00:00 Uhr", 1_711_836_000, 0),
        ("3/30/2024 10:00:00 PM", 1_711_836_000, 0),
        ("30/03/2024 22:00:00", 1_711_836_000, 0),
        ("30 Mar 2024, 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("Sat, 30 Mar 2024 22:00:00 GMT", 1_711_836_000, 0),
        ("Sat, 30 Mar 2024 23:00:00 +0100", 1_711_836_000, 0),
        ("Samstag, 30. März 2024 um 22:00", 1_711_836_000, Sense.START_MINUTE),
        ("March 30, 2024 at 10:00PM", 1_711_836_000, Sense.START_MINUTE),
        ("Mar 30, 2024, 10:00:00 p.m.", 1_711_836_000, 0),
        ("30 juin 2024 12:00:00", 1_719_748_800, 0),
        ("30 juil. 2024 12:00:00", 1_722_340_800, 0),
        ("2024年3月30日", 1_711_756_800, Sense.DAY),
        ("2024年03月30日 22:00:00", 1_711_836_000, 0),
        ("2024年3月30日(土) 22時00分", 1_711_836_000, Sense.START_MINUTE),
        ("２０２４年３月３０日　２２：００", 1_711_836_000, Sense.START_MINUTE),
        ("2024/3/30 下午10:00:00", 1_711_836_000, 0),
        ("2024年3月30日星期六 午後10時", 1_711_836_000, Sense.START_MINUTE),
        ("2024년 3월 30일 오후 10:00", 1_711_836_000, Sense.START_MINUTE),
        ("30 мая 2024 г., 12:00:00", 1_717_070_400, 0),
        ("30 maj 2024 12:00:00", 1_717_070_400, 0),
        ("Sat Mar 30 22:00:00 2024", 1_711_836_000, 0),
        ("Sat Mar 30 22:00:00 +0000 2024", 1_711_836_000, 0),
        ("Sat Mar 30 2024 23:00:00 GMT+0100 (Central European Standard Time)", 1_711_836_000, 0),
        ("10:00 PM · Mar 30, 2024", 1_711_836_000, Sense.START_MINUTE),
        ("22:00, 30 March 2024", 1_711_836_000, Sense.START_MINUTE),
        ("2024-03-30 22:00:00 +0000 UTC", 1_711_836_000, 0),
        ("2024-03-30 22:00:00.5+00", 1_711_836_000, 0),
        ("2024-03-31T00:00:00+02:00[Europe/Kyiv]", 1_711_836_000, 0),
        ("2024-03-31 00:00:00 UTC+2", 1_711_836_000, 0),
        ("2024-03-30 23:00:00 CET", 1_711_836_000, 0),
        ("Sat, 30 Mar 2024 17:00:00 CDT", 1_711_836_000, 0),
        ("2567-03-30T22:00:00Z", 1_711_836_000, 0),
        ("30/03/2567 22:00:00.2567", 1_711_836_000, 0),
        ("29/2/2567", 1_709_164_800, Sense.DAY),
        ("24. 3. 30. 오후 10:00", 1_711_836_000, Sense.START_MINUTE),
        ("2024-03-30 22:00:00 XYZ", None, 0),
        ("12:00 AM", None, 0),
        ("31/31/2024 10:00", None, 0),
        ("30 Foo 2024 10:00", None, 0),
        ("2024-13-45 10:00", None, 0),
        ("0", None, 0),
        ("", None, 0),
        ("1" * 400, None, 0),
        ("30/03/2024 " + "9" * 200, None, 0),
    ],
)
def test_times_are_read_in_any_common_form(text: str, stamp: int | None, sense: int) -> None:
    assert times.when(text) == (stamp, sense)


@pytest.mark.parametrize(
    "text",
    [
        *("20240330", " 20240330 ", "20240330.5", "20240330.0", "2.024033E7", "45381", "45381.5"),
        *("1711836000", "1711836000.5", "2024-03-30 22:00", "2024-03-30T22:00:00Z", "0", "x"),
    ],
)
def test_a_time_lacks_its_zone_where_the_zone_changes_what_it_says(text: str) -> None:
    read = {times.when(text, ZoneInfo(name)) for name in ("UTC", "Asia/Tokyo")}
    assert times.lacks_zone(text) == (len(read) > 1)


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2024-06-30 22:00 CST", "Asia/Shanghai", 14),
        ("2024-01-30 06:00 CST", "America/Chicago", 12),
        ("2024-06-30 22:00 BST", "Europe/London", 21),
        ("2024-01-30 22:00 BST", "Europe/London", None),
        ("2024-06-30 22:00 IST", "Asia/Kolkata", 16),
        ("2024-06-30 22:00 IST", "America/Chicago", None),
        ("2024-01-30 22:00 PST", "Asia/Manila", 14),
        ("2024-01-30 12:00 PST", "Europe/Berlin", 20),
        ("2024-10-27 02:30 CET", "Europe/Berlin", 1),
        ("2024-10-27 02:30 CEST", "Europe/Berlin", 0),
        ("2024-07-01 12:00 CET", "Europe/Berlin", 11),
        ("2024-07-01 12:00 Europe/Berlin", "Asia/Tokyo", 10),
    ],
)
def test_a_zone_s_name_that_several_have_is_whose_zone_is_called_so(
    text: str, zone: str, utc: int | None
) -> None:
    stamp, _ = times.when(text, ZoneInfo(zone))
    assert (None if stamp is None else datetime.fromtimestamp(stamp, UTC).hour) == utc


@pytest.mark.parametrize(
    ("time", "asked"), [("EST", False), ("CST", True), ("Asia/Tokyo", False), ("+09", False)]
)
def test_a_zone_is_asked_for_where_its_name_may_mean_several(time: str, asked: bool) -> None:
    table = f"when,artist,track\n2024-04-03 21:15:00 {time},A,T\n"
    reading = history_files.read([file(table)], now=EVENING.replace(year=2026))
    assert reading.questions == ({Question.ZONE} if asked else set())


@pytest.mark.parametrize(
    "head",
    [
        *("дата,исполнитель,название,альбом", "日時,アーティスト,曲名,アルバム"),
        *("时间,歌手,歌名,专辑", "날짜,가수,제목,앨범", "日付,ｱｰﾃｨｽﾄ,タイトル,アルバム"),
    ],
)
def test_heads_beyond_latin_letters_are_known(head: str) -> None:
    found = read(f"{head}\n2024-04-03 21:15:00,A,T,L\n")
    play = found.plays[0]
    assert (play.title, play.artists, play.album) == ("T", ("A",), "L")
    assert stamps(found) == [EVENING]


@pytest.mark.parametrize(
    "head", ["Played At (UTC)", "utc_time", "Timestamp [GMT]", "timestamp_utc", "playedAtUTC"]
)
def test_a_head_that_names_utc_is_believed_and_nothing_is_asked(head: str) -> None:
    table = f"{head},artist,track\n2024-04-03 19:15:00,A,T\n"
    assert told(file(table)).plays == read(table).plays
    assert stamps(read(table)) == [EVENING]


def test_a_head_that_names_another_zone_is_asked_about() -> None:
    table = "Played At (UTC+2),artist,track\n2024-04-03 21:15:00,A,T\n"
    reading = history_files.read([file(table)], now=EVENING.replace(year=2026))
    assert reading.questions == {Question.ZONE}


@pytest.mark.parametrize(
    ("table", "sense"),
    [
        ("end_time,artist,track,ms_played\n2024-04-03 19:15,A,T,200000\n", Sense.MINUTE),
        ("ts,ms_played,track_name,artist_name\n2024-04-03 19:15:00,200000,T,A\n", Sense.END),
        ("ts,ms_played,track_name,artist_name\n2024-04-03T19:15:00Z,200000,T,A\n", Sense.END),
    ],
)
def test_spotifys_history_that_was_made_a_table_tells_ends_in_utc(table: str, sense: Sense) -> None:
    (play,) = told(file(table)).plays
    assert (play.told_at, play.sense) == (int(EVENING.timestamp()), sense)
    assert play.started_at == play.told_at - 200


def test_deezers_table_tells_how_long_a_track_was_played() -> None:
    head = "Song Title,Artist,ISRC,Album Title,IP Address,Listening Time,Platform Name,Date"
    (play,) = read(f"{head}\nT,A,FRX872400001,L,192.0.2.1,187,android,2024-04-03 21:15:00\n").plays
    assert (play.title, play.artists, play.album, play.ms) == ("T", ("A",), "L", 187_000)
    assert (play.isrc, play.told_at) == ("FRX872400001", int(EVENING.timestamp()))


def test_a_blank_before_a_quotation_mark_is_no_part_of_a_cell() -> None:
    found = read('played_at, artist, track\n2024-04-03T19:15:00Z, "A, B", "T"\n')
    assert [(play.artists, play.title) for play in found.plays] == [(("A, B",), "T")]


@pytest.mark.parametrize(
    "above", ["My plays\n", "My plays\nof 2024\n\n", "My plays;;\n;;\n", "sep=;\nMy plays\n"]
)
def test_what_stands_above_a_header_is_no_row(above: str) -> None:
    table = "date;artist;title\n03/04/2024 21:15;A;T\n13/04/2024 21:15;A;T\n"
    assert read(above + table).plays == read(table).plays
    assert read(above + table).refused == []


def test_a_text_with_commas_is_no_table() -> None:
    assert why(file("Read me\nthis, and that\nwhatever, or not\n")) == WhyNoHistory.NO_HISTORY


NULS = "\0" * 700


@pytest.mark.parametrize("where", ["tail", "line", "before a row", "in a name"])
def test_what_a_broken_disk_left_of_lines_costs_no_row_around_it(where: str) -> None:
    row = "2024-04-03T19:15:00Z,A,T\n"
    table = (
        "played_at,artist,track\n"
        + {
            "tail": row + row + NULS,
            "line": f"{row}{NULS}\n{row}",
            "before a row": row + NULS + row,
            "in a name": row + row.replace("A", "\0A\0"),
        }[where]
    )
    found = read(table)
    assert [(play.artists, play.title) for play in found.plays] == [(("A",), "T")] * 2
    assert found.refused == []


def test_what_stands_first_in_dates_is_decided_by_one_anywhere_in_the_file() -> None:
    head = "artist,track,date\n"
    unclear = "".join(f"A,T {n},{1 + n % 12:02}/04/2024 {n % 24:02}:15\n" for n in range(5_000))
    for last, month in (("A,T,25/04/2024 10:00\n", 4), ("A,T,04/25/2024 10:00\n", 2)):
        found = read(head + unclear + last)
        assert len(found.plays) == 5_001
        assert stamps(found)[1].month == month
    for packed in (zipped({"my plays.csv": head + unclear + "A,T,25/04/2024 10:00\n"}),):
        assert len(told(packed, zone="UTC").plays) == 5_001


def test_dates_that_nobody_can_tell_are_asked_about() -> None:
    table = "artist,track,date\nA,T,03/04/2024 21:15\nA,U,05/04/2024 21:15\n"
    reading = history_files.read([file(table)], now=datetime(2026, 1, 1, tzinfo=UTC))
    assert reading.questions == {Question.DATES, Question.ZONE}
    assert why(file(table)) == WhyNoHistory.DATES_NEEDED
    assert stamps(read(table, order=Order.DAY))[0] == EVENING
    assert stamps(read(table, order=Order.MONTH))[0].month == 3


def test_an_answer_does_not_go_before_what_the_file_says() -> None:
    table = "artist,track,date\nA,T,03/04/2024 21:15\nA,U,25/04/2024 21:15\n"
    assert stamps(read(table, order=Order.MONTH))[0] == EVENING


def test_dates_in_a_column_that_somebody_named_are_decided_too() -> None:
    table = "a,b,c\nA,T,03/04/2024 21:15\nA,U,25/04/2024 21:15\n"
    columns = {"a": Column.ARTIST, "b": Column.TITLE, "c": Column.TIME}
    assert stamps(read(table, columns=columns))[0] == EVENING


def test_a_clock_in_a_column_of_its_own_belongs_to_its_date_only_where_it_is_one() -> None:
    head = "Date,Time,Artist,Track\n"
    assert stamps(read(f"{head}2024-04-03,21:15,A,T\n"))[0] == EVENING
    assert stamps(read(f"{head}2024-04-03,15:15 EDT,A,T\n"))[0] == EVENING
    assert stamps(read(f"{head}2024年4月3日,午後9時15分,A,T\n"))[0] == EVENING
    assert stamps(read(f"{head}2024-04-03 21:15,3:35,A,T\n"))[0] == EVENING
    assert stamps(read("time,artist,track\n2024-04-03 21:15,A,T\n"))[0] == EVENING


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("180000", 180_000),
        ("180.000", 180_000),
        ("180,000", 180_000),
        ("1.234.567", 1_234_567),
        ("180 000", 180_000),
        ("180000,5", 180_000),
        ("180000.0", 180_000),
        ("180000 ms", 180_000),
        ("180 s", 180_000),
        ("3:00", 180_000),
        ("many", None),
        ("-5", None),
    ],
)
def test_numbers_are_read_with_any_signs_in_them(text: str, ms: int | None) -> None:
    found = read(f"time;artist;title;ms_played\n2024-04-03 21:15;A;T;{text}\n")
    assert found.plays[0].ms == ms


@pytest.mark.parametrize("above", ["# my plays\n", "sep=;\n", "# a\n#\n# b\nsep=;\n", "#x\r\n"])
def test_comments_above_a_header_are_passed_over(above: str) -> None:
    found = read(f"{above}time;artist;title\n2024-04-03 21:15;A;T\n")
    assert (stamps(found), found.refused) == ([EVENING], [])


def test_the_same_word_for_nothing_as_title_and_artist_is_no_name() -> None:
    rows = ["nan,nan", "None,None", "N/A,-", "None,Null", "None,Ann", "!!!,!!!"]
    found = read("time,title,artist\n" + "".join(f"2024-04-03 21:15,{row}\n" for row in rows))
    assert [(row.row, row.reason) for row in found.refused] == [
        (row, WhyRefused.NO_TITLE) for row in (1, 2, 3)
    ]
    assert [play.title for play in found.plays] == ["None", "None", "!!!"]


def test_seconds_have_no_thousands() -> None:
    found = read("time;artist;title;duration\n2024-04-03 21:15;A;T;215.500\n")
    assert found.plays[0].duration_ms == 215_500


def test_a_time_in_seconds_costs_a_step_and_no_search() -> None:
    """One that takes as long as a search through all days ends after pytest's patience."""
    for stamp in range(1_500_000_000, 1_500_020_000):
        assert times.when(str(stamp)) == (stamp, 0)


def test_a_table_without_header_loses_no_row_to_one() -> None:
    rows = '"A", "T", "L", "2024-04-03 21:15:00"\n"B", "U", "M", "2024-04-03 21:20:00"\n'
    table = history_files.guess_columns(file(rows))
    assert table.header == ("column 1", "column 2", "column 3", "time")
    assert len(table.rows) == 2
    assert (table.columns, table.lacks_zone) == ({"time": Column.TIME}, True)
    named = {"column 1": Column.ARTIST, "column 2": Column.TITLE, "time": Column.TIME}
    found = read(rows, columns=named)
    assert [(play.title, play.artists) for play in found.plays] == [("T", ("A",)), ("U", ("B",))]
    assert stamps(found)[0] == EVENING


def test_what_is_written_of_lastfm_without_header_is_read() -> None:
    rows = "1712171700\tT\tA\tL\t\t\t\n1712172000\tU\tB\t\t\t\t\n"
    found = told(file(rows))
    assert stamps(found)[0] == EVENING
    assert [(p.title, p.artists, p.album) for p in found.plays] == [
        ("T", ("A",), "L"),
        ("U", ("B",), None),
    ]


@pytest.mark.parametrize("cells", [3, 4, 5])
def test_sheets_of_ifttt_need_no_header_and_may_be_lists_too(cells: int) -> None:
    row = '"April 3, 2024 at 09:15PM"', "T", '"A, B"', TRACK, f"https://x.org/track/{TRACK}"
    rows = ",".join(row[:cells]) + "\n"
    assert why(file(rows)) == WhyNoHistory.ZONE_NEEDED
    found = read(rows * 2)
    assert stamps(found) == [EVENING, EVENING]
    assert [(p.title, p.artists) for p in found.plays] == [("T", ("A, B",))] * 2
    assert {p.spotify_id for p in found.plays} == {TRACK if cells > 3 else None}
    assert history_files.what_is(file(rows)) is None
    head = ",".join(("time", "track", "artist", "id", "url")[:cells])
    assert history_files.what_is(file(f"{head}\n{rows}")) is Format.OWN_TABLE


def test_a_list_of_links_with_times_and_no_header_is_no_history() -> None:
    rows = f"spotify:track:{TRACK},2024-04-03T19:15:00Z\n" * 3
    assert history_files.what_is(file(rows)) is None


@pytest.mark.parametrize(
    "head",
    [
        "user_id,artist_name,track_title,entry_date,stream_duration_ms",
        "x,Grandparent Title,Title,Started At,Milliseconds Played",
    ],
)
def test_tables_of_other_services_are_known(head: str) -> None:
    found = told(file(f"{head}\n1,A,T,2024-04-03 19:15:00.000 UTC,200000\n"))
    assert stamps(found) == [EVENING]
    assert (found.plays[0].title, found.plays[0].artists) == ("T", ("A",))
    assert found.plays[0].ms == 200_000


def test_dates_behind_a_clock_are_decided_and_asked_about_like_others() -> None:
    head = "when,artist,track\n"
    rows = "9:15 PM 04/03/2024,A,T\n", "9:15 PM 04/13/2024,A,U\n"
    assert stamps(read(head + "".join(rows)))[0] == EVENING
    assert why(file(head + rows[0]), zone="UTC") == WhyNoHistory.DATES_NEEDED
    assert stamps(read(head + rows[0], order=Order.MONTH)) == [EVENING]


@pytest.mark.parametrize(
    "head",
    [
        "Album Artist,Track#,Title,Track Artist(s),Played At,Last Event",
        "Album Artist,Track,Title,Artist,Played At,Timestamp",
        "x,y,Track,Primary Artist,Start Time,End Time",
    ],
)
def test_of_columns_that_say_the_same_the_likelier_counts(head: str) -> None:
    at, later = "2024-04-03T19:15:00Z", "2024-04-03T20:00:00Z"
    (play,) = told(file(f"{head}\nVarious,2,T,A,{at},{later}\n")).plays
    assert (play.title, play.artists, play.told_at) == ("T", ("A",), int(EVENING.timestamp()))


@pytest.mark.parametrize(
    ("head", "cell", "ms"),
    [
        ("duration", "215", 215_000),
        ("duration", "215000", 215_000),
        ("duration", "PT3M35S", 215_000),
        ("Dauer", "3 Min. 35 Sek.", 215_000),
        ("length", "8", None),
        ("length_seconds", "8", 8_000),
    ],
)
def test_a_length_is_in_the_unit_that_it_can_be_in(head: str, cell: str, ms: int | None) -> None:
    (play,) = told(file(f"artist,track,played_at,{head}\nA,T,2024-04-03T19:15:00Z,{cell}\n")).plays
    assert play.duration_ms == ms


@pytest.mark.parametrize(
    ("cell", "ms"),
    [
        *(("8", 8_000), ("215000", 215_000), ("3:35", 215_000), ("215s", 215_000)),
        *(("215000 ms", 215_000), ("-8", None), ("long", None), ("", None)),
    ],
)
def test_a_time_played_is_in_the_unit_that_it_can_be_in(cell: str, ms: int | None) -> None:
    head = "artist,track,played_at,listening time"
    (play,) = told(file(f"{head}\nA,T,2024-04-03T19:15:00Z,{cell}\n")).plays
    assert play.ms == ms
