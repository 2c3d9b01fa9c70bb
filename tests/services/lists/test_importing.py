import csv
import io
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import Clock
from ttt.errors import InvalidInput
from ttt.services.context import Context
from ttt.services.lists import entries, importing, lists, own_values
from ttt.services.lists.importing import Choices, Field
from ttt.services.person import Person
from ttt.services.tables import list_csv, list_files, playlist_files, spreadsheet
from ttt.services.tables.receipt import Receipt

ID = "0" * 21 + "1"
OLD_EXPORTIFY = (
    "Spotify URI,Track Name,Artist Name,Album Name,Disc Number,Track Number,"
    "Track Duration (ms),Added By,Added At\n"
    f'spotify:track:{ID},Dust,"Ada, Zoe",Desert,1,1,213400,ada,2026-11-22T12:00:00Z\n'
)
EXPORTIFY = (
    "Track URI,Track Name,Album Name,Artist Name(s),Release Date,Duration (ms),Popularity,Energy\n"
    f'spotify:track:{ID},Dust,Desert,"Ada,Zoe",1999,213400,70,0.5\n'
)
OWN = f"artist,song,album,uri\nAda; Zoe,Dust,Desert,spotify:track:{ID}\n"


@pytest.mark.parametrize(
    ("content", "artists", "energy"),
    [
        (OWN, ("Ada", "Zoe"), None),
        (EXPORTIFY, ("Ada", "Zoe"), 0.5),
        (OLD_EXPORTIFY, ("Ada, Zoe",), None),
    ],
    ids=["own", "exportify", "old exportify"],
)
def test_files_of_known_kinds_need_no_help(
    context: Context, ada: Person, content: str, artists: tuple[str, ...], energy: float | None
) -> None:
    assert importing.look(content.encode()).clear
    assert importing.import_(context, ada, content.encode()) == Receipt(1, 0)
    (row,) = entries.listed(context, ada)
    assert (row.title, row.artists, row.album) == ("Dust", artists, "Desert")
    assert row.number("energy") == energy


def test_of_any_other_file_the_person_says_which_column_is_which(
    context: Context, ada: Person
) -> None:
    content = b"Lied;Wer\nI Ain't Worried;OneRepublic\n"
    table = importing.look(content)
    assert (table.columns, table.fields, table.clear) == (("lied", "wer"), {}, False)
    chosen = Choices(fields={Field.TITLE: "lied", Field.ARTIST: "wer"})
    assert importing.import_(context, ada, content, None, chosen) == Receipt(1, 0)
    assert entries.listed(context, ada)[0].title == "I Ain't Worried"


@pytest.mark.parametrize(
    "content",
    [
        "Lied;Wer\nI Ain't Worried;OneRepublic\nI Lived;OneRepublic\n",
        "OneRepublic,I Ain't Worried\nOneRepublic,I Lived\n",
        "1,I Ain't Worried,3:00,OneRepublic\n2,I Lived,2:00,OneRepublic\n3,Nothing,1:00,Nobody\n",
    ],
    ids=["other words", "no header", "among others"],
)
def test_columns_that_say_not_what_they_hold_are_told_by_what_is_known(
    context: Context, ada: Person, content: str
) -> None:
    importing.import_(context, ada, content.encode())
    titles = [row.title for row in entries.listed(context, ada)]
    assert titles == ["I Ain't Worried", "I Lived"]


def test_columns_are_not_guessed_by_fewer_than_half_of_their_rows(
    context: Context, ada: Person
) -> None:
    rows = ["OneRepublic,I Lived", "Nobody,Nothing", "Nobody,Else"]
    with pytest.raises(InvalidInput, match="has to have a column"):
        importing.import_(context, ada, "\n".join(rows).encode())
    importing.import_(context, ada, "\n".join(rows[:2]).encode())
    assert len(entries.listed(context, ada)) == 1


@pytest.mark.parametrize(("choices", "header"), [(Choices(), False), (Choices(header=True), True)])
def test_what_a_person_said_of_a_file_is_kept_where_the_rest_is_guessed(
    context: Context, choices: Choices, header: bool
) -> None:
    rows = ["OneRepublic,I Ain't Worried", "OneRepublic,I Lived", "OneRepublic,Counting Stars"]
    content = "\n".join(rows).encode()
    guessed = importing.guess(context, content, choices)
    assert guessed.header is header
    assert list(guessed.fields or ()) == [Field.TITLE, Field.ARTIST]
    said = Choices(header=header, fields={Field.TITLE: "column 1"})
    assert importing.guess(context, content, said) is said


def test_a_column_of_links_needs_no_name(context: Context, ada: Person) -> None:
    content = f"Lied;Wer;Wo\nDust;Ada;https://open.spotify.com/track/{ID}\n".encode()
    assert importing.look(content).fields == {Field.URI: "wo"}
    chosen = Choices(fields={Field.URI: "wo", Field.TITLE: "lied", Field.ARTIST: "wer"})
    assert importing.import_(context, ada, content, None, chosen) == Receipt(1, 0)
    assert entries.listed(context, ada)[0].title == "Dust"


def test_a_file_goes_onto_the_list_that_is_named(context: Context, ada: Person) -> None:
    party = lists.create(context, ada, "Party")
    importing.import_(context, ada, OWN.encode(), party)
    assert len(entries.listed(context, ada, party)) == 1
    assert entries.listed(context, ada) == []


def test_what_a_file_says_is_in_every_file_that_is_written_of_the_list(
    context: Context, ada: Person, bob: Person
) -> None:
    header = "uri,title,artist,release date,duration (ms)"
    content = f"{header}\nspotify:track:{1:022},Dust,Ann,2019-03-08,215000\n".encode()
    importing.import_(context, ada, content)
    rows = entries.listed(context, ada)
    assert "#EXTINF:215,Ann - Dust\n" in playlist_files.m3u8("List", rows)
    assert "<duration>215000</duration>" in playlist_files.xspf("List", rows)
    assert ",2019," in list_csv.export(rows)
    entries.add(context, bob, [f"{1:022}"])
    (other,) = entries.listed(context, bob)
    assert (other.title, other.release_year, other.duration_ms) == (None, None, None)


@pytest.mark.parametrize("header", ["song", "artist", "wer,was", ""])
def test_a_table_that_names_no_tracks_is_refused(
    context: Context, ada: Person, header: str
) -> None:
    with pytest.raises(InvalidInput):
        importing.import_(context, ada, f"{header}\nDust,Ada\n".encode())
    assert entries.listed(context, ada) == []


def test_rows_without_a_link_are_known_by_artist_and_title(context: Context, ada: Person) -> None:
    rows = [f",Dust,spotify:track:{ID}", "OneRepublic,I Ain't Worried,", "Nobody,Nothing,", ",,"]
    rows += ["Nobody,,"]
    content = "\n".join(["artist,song,uri", *rows]).encode()
    receipt = importing.import_(context, ada, content)
    assert (receipt.added, [refusal.row for refusal in receipt.refused]) == (2, [4, 6])
    assert [row.title for row in entries.listed(context, ada)] == ["Dust", "I Ain't Worried"]


def test_a_receipt_tells_row_by_row_what_became_of_it(
    context: Context, ada: Person, clock: Clock
) -> None:
    rows = [f"spotify:track:{ID}", f"spotify:track:{ID}", "=nonsense", ""]
    content = "uri,song\n" + "".join(f"{text},=Dust\n" for text in rows)
    receipt = importing.import_(context, ada, content.encode())
    assert receipt.added + receipt.already_there + len(receipt.refused) == len(rows)
    written = list(csv.DictReader(io.StringIO(receipt.as_csv().removeprefix("\ufeff"))))
    assert [(row["row"], row["outcome"]) for row in written] == [
        ("2", "added"),
        ("3", "already there"),
        ("4", "refused"),
        ("5", "refused"),
    ]
    assert [bool(row["reason"]) for row in written] == [False, False, True, True]
    assert receipt.repeated == 1
    assert written[2]["text"] == "'=nonsense =Dust"


HEADERS = [
    ["uri"],
    ["artist", "song", "uri"],
    ["Track URI", "Track Name", "Artist Name(s)"],
    ["title", "artist"],
    ["wo", "was"],
    ["uri", "uri", "URI"],
]
CELLS = st.sampled_from(
    ["", " ", ID, f"spotify:track:{ID}", "=1+1", "Ada", "I Ain't Worried", "OneRepublic"]
) | st.text(max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])


def written(rows: list[list[str]], delimiter: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from(HEADERS),
    st.lists(st.lists(CELLS, max_size=4), max_size=8),
    st.sampled_from(",;\t"),
    ENCODINGS,
)
def test_whatever_a_table_holds_every_row_is_counted_or_the_file_is_refused_in_words(
    context: Context,
    ada: Person,
    header: list[str],
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
) -> None:
    content = written([header, *rows], delimiter).encode(encoding, errors="replace")
    reason = "."
    try:
        receipt = importing.import_(context, ada, content)
    except InvalidInput as refusal:
        reason, receipt = refusal.reason, None
    assert reason.endswith(".")
    if receipt is not None:
        # Of what is no table of tracks each line is a row, also what looks like a header, or like
        # a row without anything in it.
        sheet, lines = list_files.read(content), spreadsheet.cut(spreadsheet.decode(content))
        counted = len(sheet.rows) + len(sheet.broken)
        blank = sum(not "".join(row).strip() for row in rows)
        assert 0 <= counted - len(lines.rows) - len(lines.broken) <= 1 + blank
        assert receipt.added + receipt.already_there + len(receipt.refused) == counted
        assert len(receipt.as_csv().splitlines()) > counted
        assert len(entries.listed(context, ada)) == receipt.added
    entries.remove(context, ada, None)


@pytest.mark.parametrize(
    "content",
    [
        b"uri\n\0",
        b"PK\x03\x04" + b"\0" * 100,
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n\0",
        b"",
    ],
    ids=[
        "NUL",
        "zip",
        "half of UTF-16",
        "picture",
        "empty",
    ],
)
def test_what_is_no_table_is_refused_in_words(
    context: Context, ada: Person, content: bytes
) -> None:
    with pytest.raises(InvalidInput) as refused:
        importing.import_(context, ada, content)
    assert refused.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"uri\n" + b"x" * 1_000_000, "longer than"), (b'uri\n"' + b"x\n" * 10_000, "never closed")],
    ids=["a cell of a million", "an open quote"],
)
def test_a_row_without_end_is_refused_as_a_row(
    context: Context, ada: Person, content: bytes, said: str
) -> None:
    receipt = importing.import_(context, ada, content)
    assert len(receipt.refused) == len(content.splitlines()) - 1
    assert said in receipt.refused[0].reason


def test_a_file_of_50_mb_is_refused_before_it_is_read(context: Context, ada: Person) -> None:
    content = b"uri\n" + b"spotify:track:0000000000000000000001\n" * 1_400_000
    tracemalloc.start()
    try:
        with pytest.raises(InvalidInput, match="larger than 5 MB"):
            importing.import_(context, ada, content)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10 * 1024 * 1024


def test_the_first_column_that_a_file_does_not_have_is_named(context: Context, ada: Person) -> None:
    fields = {Field.TITLE: "song", Field.ARTIST: "who", Field.ALBUM: "on"}
    with pytest.raises(InvalidInput, match="no column “who”"):
        importing.import_(context, ada, b"song\nDust\n", choices=Choices(None, None, fields))


@pytest.mark.parametrize(
    ("header", "field", "column"),
    [
        ("uri,link,energy", Field.URI, "uri"),
        ("track name,title,artist", Field.TITLE, "track name"),
    ],
)
def test_of_several_columns_for_one_thing_the_first_counts(
    header: str, field: Field, column: str
) -> None:
    assert importing.look(f"{header}\n".encode()).fields[field] == column


def test_of_values_everything_is_asked_about_but_the_album() -> None:
    assert set(own_values.look(b"id,energy\n").asked) == set(Field) - {Field.ALBUM}
