import csv
import io
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.conftest import Clock, FakeSpotify
from ttt.errors import InvalidInput
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.services.context import Context
from ttt.services.lists import entries, importing
from ttt.services.person import Person
from ttt.services.tables import list_csv, spreadsheet
from ttt.services.tables.list_csv import FIELDS
from ttt.services.tables.receipt import Receipt
from ttt.services.tracks.rows import TrackRow, Value

KNOWN = "4h9wh7iOZ0GGn8QVp4RAOB"
THEN = datetime(2026, 1, 1, tzinfo=UTC)


def uri(number: int) -> str:
    return f"spotify:track:{number:022}"


def value(number: float, source: Source = Source.CATALOGUE) -> Value:
    return Value(number, source, THEN)


FULL = TrackRow(
    uri(1),
    "Song",
    artists=("Ann", "Bob"),
    artist_uris=("spotify:artist:a", "spotify:artist:b"),
    album="Album",
    release_year=1999,
    genres=("pop", "soul"),
    values={
        "popularity": value(70.0, Source.SPOTIFY),
        "energy": value(0.71),
        "valence": value(0.5),
        "tempo": value(123.5),
        "key": value(6),
        "mode": value(0),
        "loudness": value(-5.5),
    },
)
BARE = TrackRow(uri(2), None)


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def a_file(*rows: str, header: str = "artist,song,album,uri") -> bytes:
    return "\n".join([header, *rows]).encode()


def test_the_file_has_the_thirteen_fields() -> None:
    text = list_csv.export([])
    assert text == "\ufeff" + ",".join(FIELDS) + "\r\n"
    assert len(FIELDS) == 13


def test_a_row_has_every_value_and_a_missing_one_is_empty() -> None:
    full, bare = cells(list_csv.export([FULL, BARE]))
    assert full == {
        "artist": "Ann; Bob",
        "song": "Song",
        "album": "Album",
        "release_year": "1999",
        "popularity": "70",
        "uri": uri(1),
        "genres": "pop; soul",
        "energy": "0.71",
        "key": "F♯ minor",
        "valence": "0.5",
        "mood": "Calm",
        "tempo": "123.5",
        "artist_uri": "spotify:artist:a; spotify:artist:b",
    }
    assert bare == dict.fromkeys(FIELDS, "") | {"uri": uri(2)}


def test_a_title_that_would_run_is_defused() -> None:
    row = TrackRow(uri(1), '=HYPERLINK("http://example.org")', artists=("@home", "-1"))
    (written,) = cells(list_csv.export([row]))
    assert written["song"].startswith("'=")
    assert written["artist"] == "'@home; -1"


def test_records_say_where_each_value_is_from() -> None:
    full, bare = list_csv.as_records([FULL, BARE])
    assert list(full) == [*FIELDS, "sources"]
    assert (full["popularity"], full["energy"], full["key"]) == (70, 0.71, "F♯ minor")
    assert full["sources"] == {
        "popularity": "Spotify",
        **dict.fromkeys(["energy", "key", "valence", "mood", "tempo"], "catalogue, 2022"),
    }
    assert bare == dict.fromkeys(FIELDS) | {"uri": uri(2), "sources": {}}
    assert json.loads(json.dumps([full, bare])) == [full, bare]


def test_half_a_key_is_no_key() -> None:
    row = TrackRow(uri(1), "Song", values={"key": value(3)})
    (record,) = list_csv.as_records([row])
    assert (record["key"], record["sources"]) == (None, {})


def test_a_list_comes_back_as_it_was(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    entries.add(context, ada, [uri(1), KNOWN])
    clock.forward(days=1)
    entries.add(context, ada, [uri(3), uri(2)])
    exported = list_csv.export(entries.listed(context, ada)).encode()
    assert importing.import_(context, bob, exported) == Receipt(4, 0)
    assert importing.import_(context, bob, exported) == Receipt(0, 4)
    assert list_csv.export(entries.listed(context, bob)).encode() == exported


def test_every_row_is_counted_once(context: Context, ada: Person) -> None:
    entries.add(context, ada, [KNOWN])
    content = a_file(
        f",,,{KNOWN}",  # 2
        f",,,https://open.spotify.com/track/{1:022}?si=x",
        "",
        "Ann,Song,Album,",  # 5
        f",,,{uri(1)}",
        ",,,https://open.spotify.com/album/4h9wh7iOZ0GGn8QVp4RAOB",  # 7
        "Ann,Song",  # 8
        ",,,,",
        "Ann,Song,,",  # 10
    )
    receipt = importing.import_(context, ada, content)
    assert (receipt.added, receipt.already_there) == (1, 2)
    reasons = {refusal.row: refusal.reason for refusal in receipt.refused}
    assert list(reasons) == [5, 7, 8, 10]
    assert all("not known here" in reasons[row] for row in (5, 10))
    assert "an album" in reasons[7]
    assert "2 cells where 4" in reasons[8]


def test_a_file_describes_tracks_that_nobody_else_does(context: Context, ada: Person) -> None:
    importing.import_(context, ada, a_file(f"Ann; '-Bob,'=Song,,{uri(1)}", f",,,{uri(2)}"))
    described, bare = entries.listed(context, ada)
    assert (described.title, described.artists, described.album) == (
        "=Song",
        ("Ann", "'-Bob"),
        None,
    )
    assert bare.title is None


def test_numbers_of_a_file_are_its_owners_alone(context: Context, ada: Person, bob: Person) -> None:
    header = "song,uri,popularity,energy,valence,tempo,key,genres,release_year"
    row = f"Song,{uri(1)},99,0.9,0.8,200,C major,pop,1999"
    receipt = importing.import_(context, ada, a_file(row, header=header))
    entries.add(context, bob, [uri(1)])
    (mine,), (other,) = entries.listed(context, ada), entries.listed(context, bob)
    assert {value.source for value in mine.values.values()} == {Source.FILE}
    numbers = {name: value.number for name, value in mine.values.items()}
    assert numbers == {
        "popularity": 99,
        "energy": 0.9,
        "valence": 0.8,
        "tempo": 200,
        "key": 0,
        "mode": 1,
    }
    assert (mine.title, mine.genres, mine.release_year) == ("Song", ("pop",), 1999)
    assert (other.title, other.values, other.genres, other.release_year) == (None, {}, (), None)
    assert receipt.values["energy"] == receipt.values["genres"] == 1


def test_a_file_describes_nothing_that_somebody_else_described(
    context: Context, ada: Person, bob: Person
) -> None:
    demo = FoundTrack(f"{1:022}", "Demo's", (FoundArtist("D"),))
    entries.add_found(context, bob, [demo], Source.DEMO)
    importing.import_(context, bob, a_file(f"B,Bob's,,{uri(2)}"))
    rows = [f"A,Ada's,,{i}" for i in (uri(1), uri(2), uri(3), KNOWN)]
    importing.import_(context, ada, a_file(*rows))
    described = {row.title: row.named_by for row in entries.listed(context, ada)}
    assert described == {"Demo's": None, "Ada's": Source.FILE, "I Ain't Worried": None}
    assert [row.title for row in entries.listed(context, bob)] == ["Bob's", "Demo's"]


def test_the_first_of_two_rows_describes(context: Context, ada: Person) -> None:
    content = a_file(f",First,,{uri(1)}", f",Second,,{uri(1)}")
    assert importing.import_(context, ada, content) == Receipt(1, 1)
    assert [row.title for row in entries.listed(context, ada)] == ["First"]


def test_names_without_end_are_cut(context: Context, ada: Person) -> None:
    importing.import_(context, ada, a_file(f"{'ΐ' * 9000},{'S' * 9000},,{uri(1)}"))
    (row,) = entries.listed(context, ada)
    assert row.title == "S" * 300
    assert row.artists == ("ΐ" * 300,)


def test_an_import_never_asks_spotify(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    assert importing.import_(context, ada, a_file(f",,,{uri(1)}")).added == 1
    assert adas_spotify.asked == []


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\0", b"song\nx", b"\x81\x8d", b"x" * (importing.MAX_BYTES + 1)],
)
def test_what_is_no_list_is_refused_as_a_whole(
    context: Context, ada: Person, content: bytes
) -> None:
    with pytest.raises(InvalidInput):
        importing.import_(context, ada, content)
    assert entries.listed(context, ada) == []


def test_more_rows_than_anybody_has_are_refused(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 2)
    assert importing.import_(context, ada, a_file(uri(1), uri(2), header="uri")).added == 2
    with pytest.raises(InvalidInput, match="more than 2 rows"):
        importing.import_(context, ada, a_file(uri(1), uri(2), uri(3), header="uri"))


def test_five_thousand_rows_take_a_second_or_two(context: Context, ada: Person) -> None:
    content = a_file(*(f"Artist {i % 700},Song {i},Album,{uri(i)}" for i in range(5000)))
    before = time.process_time()
    assert importing.import_(context, ada, content).added == 5000
    # Generous: what must not happen is a statement a row, which takes half a minute.
    assert time.process_time() - before < 5


rows = st.lists(
    st.sampled_from([uri(1), uri(2), f"{KNOWN},Song", "", ",Song", "nonsense", "spotify:album:x"])
    | st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\0'), max_size=20),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(rows)
def test_no_row_is_ever_lost(context: Context, ada: Person, rows: list[str]) -> None:
    content = a_file(*rows, header="uri,song")
    filled = [row for row in rows if any(cell.strip() for cell in row.split(","))]
    receipt = importing.import_(context, ada, content)
    assert receipt.added + receipt.already_there + len(receipt.refused) == len(filled)
    entries.remove(context, ada, None)
