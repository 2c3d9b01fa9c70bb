import csv
import io
from datetime import timedelta

import pytest

from tests.services.conftest import Clock
from ttt.errors import InvalidInput
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries, importing, own_values
from ttt.services.lists.importing import Choices, Field
from ttt.services.lists.own_values import Kept, Receipt
from ttt.services.person import Person
from ttt.services.tables import spreadsheet
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import by_hand
from ttt.settings import PROJECT
from ttt.store.tracks import tracks

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"  # in the catalogue
OTHER = "o" * 22
ISRC = "USUM71900001"
EXPORT = PROJECT.parent / "shared" / "samples" / "exportify" / "liked_songs.csv"


def import_(context: Context, person: Person, *lines: str) -> Receipt:
    return own_values.import_(context, person, "\n".join(lines).encode())


def row_of(context: Context, person: Person, spotify_id: str = WORRIED) -> TrackRow:
    """The track as it stands on the person's list, to which it is added."""
    entries.add(context, person, [spotify_id])
    return next(r for r in entries.listed(context, person) if r.uri.endswith(spotify_id))


def save(context: Context, spotify_id: str, isrc: str) -> None:
    """Have a track of that recording here."""
    found = FoundTrack(spotify_id, "Dust", (FoundArtist("Ada"),), isrc=isrc)
    with context.session() as session:
        tracks.save(session, [found], Source.SPOTIFY, context.now())
        session.commit()


def known_ids(context: Context, *spotify_ids: str) -> set[str]:
    with context.session() as session:
        return set(tracks.ids_of(session, spotify_ids))


def test_values_of_a_file_come_before_those_of_all_sources(
    context: Context, ada: Person, clock: Clock
) -> None:
    receipt = import_(context, ada, "Track URI,Energy", f"spotify:track:{WORRIED},0.25")
    row = row_of(context, ada)
    assert receipt == Receipt(taken=1, tracks=1)
    assert (row.number("energy"), row.values["energy"].source) == (0.25, Source.FILE)
    assert row.values["energy"].observed_at == clock.time
    assert row.values["valence"].source is Source.CATALOGUE


def test_nobody_else_sees_them(context: Context, ada: Person, bob: Person) -> None:
    import_(context, ada, "id,energy", f"{WORRIED},0.25")
    row_of(context, ada)
    assert row_of(context, bob).values["energy"].source is Source.CATALOGUE
    (everyones, _) = entries.everyones(context)
    assert everyones.values["energy"].source is Source.CATALOGUE


def test_what_the_person_set_by_hand_stays_first(context: Context, ada: Person) -> None:
    by_hand.set_values(context, ada, WORRIED, {"energy": 0.9})
    import_(context, ada, "id,energy,valence", f"{WORRIED},0.25,0.75")
    row = row_of(context, ada)
    assert (row.number("energy"), row.number("valence")) == (0.9, 0.75)


def test_popularity_key_and_mode_are_taken_too(context: Context, ada: Person) -> None:
    import_(context, ada, "id;Popularity;Key;Tempo", f"{WORRIED};71;F♯ minor;104,5")
    row = row_of(context, ada)
    assert (row.number("popularity"), row.key_name, row.number("tempo")) == (71, "F♯ minor", 104.5)


def test_a_spotify_id_that_nobody_knows_yet_is_kept_with_its_values(
    context: Context, ada: Person
) -> None:
    assert import_(context, ada, "id,energy", f"{OTHER},0.25").taken == 1
    assert row_of(context, ada, OTHER).number("energy") == 0.25


def test_an_isrc_names_every_known_track_of_the_recording(context: Context, ada: Person) -> None:
    save(context, WORRIED, ISRC)
    save(context, OTHER, ISRC)
    assert import_(context, ada, "ISRC,energy", "us-um7-19-00001,0.25") == Receipt(1, 2)
    assert row_of(context, ada, WORRIED).number("energy") == 0.25
    assert row_of(context, ada, OTHER).number("energy") == 0.25


def test_what_is_said_of_the_track_itself_goes_before_what_its_isrc_says(
    context: Context, ada: Person
) -> None:
    save(context, WORRIED, ISRC)
    import_(context, ada, "id,isrc,energy", f"{WORRIED},,0.25", f"{OTHER},{ISRC},0.75")
    assert row_of(context, ada, WORRIED).number("energy") == 0.25
    assert row_of(context, ada, OTHER).number("energy") == 0.75


def test_of_two_rows_about_a_track_the_later_one_counts(context: Context, ada: Person) -> None:
    receipt = import_(context, ada, "id,energy,tempo", f"{WORRIED},0.1,90", f"{WORRIED},0.2,")
    row = row_of(context, ada)
    assert (receipt.taken, receipt.tracks) == (2, 1)
    assert (row.number("energy"), row.number("tempo")) == (0.2, 90)


def test_every_row_that_is_not_blank_is_counted_once(context: Context, ada: Person) -> None:
    receipt = import_(
        context,
        ada,
        "id,isrc,energy,genres",
        f"{WORRIED},,0.25,",
        "nonsense,,0.25,",
        ",,,",
        f",{ISRC},0.25,",
        f"{OTHER},,,rock",
        f"{OTHER},,,",
        f"{OTHER},,0.25,rock,more",
    )
    assert (receipt.taken, receipt.tracks) == (2, 2)
    assert [(refusal.row, refusal.text) for refusal in receipt.refused] == [
        (3, "nonsense"),
        (5, ISRC),
        (7, OTHER),
        (8, f"{OTHER},,0.25,rock,more"),
    ]
    names, isrc, nothing, broken = (refusal.reason for refusal in receipt.refused)
    assert "names no track" in names
    assert "No track with this ISRC is here yet" in isrc
    assert "no value" in nothing
    assert "5 cells where 4 belong" in broken


def test_a_refused_row_leaves_nothing_behind(context: Context, ada: Person) -> None:
    import_(context, ada, "id,energy,genres", f"{OTHER},,", f"{WORRIED},0.5,")
    assert known_ids(context, OTHER, WORRIED) == {WORRIED}


def test_genres_are_the_persons_own_and_forgotten_with_the_file(
    context: Context, ada: Person, bob: Person
) -> None:
    import_(context, ada, "id,genres,title", f'{OTHER},"shibuya-kei; neo-psychedelic",Dust')
    mine, theirs = row_of(context, ada, OTHER), row_of(context, bob, OTHER)
    assert (mine.genres, mine.genre_source) == (("shibuya-kei", "neo-psychedelic"), Source.FILE)
    assert (theirs.genres, theirs.genre_source) == ((), None)
    own_values.forget(context, ada)
    assert row_of(context, ada, OTHER).genres == ()


def test_what_a_list_calls_its_tracks_stays_when_its_values_are_forgotten(
    context: Context, ada: Person
) -> None:
    content = f"uri,title,energy,genres,year\n{OTHER},Dust,0.5,rock,1999\n".encode()
    importing.import_(context, ada, content)
    own_values.forget(context, ada)
    row = row_of(context, ada, OTHER)
    assert (row.title, row.values, row.genres, row.release_year) == ("Dust", {}, (), None)


def test_a_cell_that_cannot_be_meant_is_named_and_the_rest_of_its_row_taken(
    context: Context, ada: Person
) -> None:
    receipt = import_(context, ada, "id,energy,tempo", f"{WORRIED},0.5,90000")
    assert receipt.taken == 1
    assert [(part.row, part.reason) for part in receipt.partly] == [
        (2, "Could not be used: tempo.")
    ]
    assert row_of(context, ada).values["tempo"].source is Source.CATALOGUE


def test_a_date_and_a_length_that_cannot_be_meant_are_named_too(
    context: Context, ada: Person
) -> None:
    header = "id,energy,release date,length"
    receipt = import_(context, ada, header, f"{WORRIED},0.5,soon,3:75", f"{OTHER},0.5,-,0:00")
    told = [(part.row, part.reason) for part in receipt.partly]
    assert told == [(2, "Could not be used: release date, length.")]


def test_a_row_that_is_refused_is_not_partly_taken_too(context: Context, ada: Person) -> None:
    receipt = import_(context, ada, "isrc,energy,tempo", "ZZZZZ9999999,0.5,fast")
    assert ([refusal.row for refusal in receipt.refused], receipt.partly) == ([2], ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 [Content_Types].xml", "save it as CSV first"),
        (b"energy,tempo\n0.5,90\n", "No column has Spotify ids"),
        (b"artist,album,track,date\nA,B,C,02 Mar 2024 18:21\n", "a listening history"),
        (f"id,title\n{WORRIED},Dust\n".encode(), "No column has a value"),
    ],
)
def test_a_file_without_tracks_or_values_is_refused_as_a_whole(
    context: Context, ada: Person, content: bytes, reason: str
) -> None:
    with pytest.raises(InvalidInput, match=reason):
        own_values.import_(context, ada, content)
    assert own_values.kept(context, ada) == Kept(0, None)


def test_a_file_with_too_many_rows_is_refused(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 1)
    with pytest.raises(InvalidInput, match="more than 1 rows"):
        import_(context, ada, "id,energy", f"{WORRIED},0.5", f"{OTHER},0.5")


def test_what_is_kept_is_counted_by_tracks(context: Context, ada: Person, clock: Clock) -> None:
    import_(context, ada, "id,energy,tempo", f"{WORRIED},0.5,90")
    clock.forward(days=1)
    import_(context, ada, "id,energy,tempo", f"{OTHER},0.5,90")
    assert own_values.kept(context, ada) == Kept(2, clock.time)


def test_a_forgotten_file_gives_way_to_the_sources_again(context: Context, ada: Person) -> None:
    import_(context, ada, "id,energy,tempo", f"{WORRIED},0.25,90", f"{OTHER},0.5,90")
    row_of(context, ada)
    assert own_values.forget(context, ada) == 4
    assert row_of(context, ada).values["energy"].source is Source.CATALOGUE
    assert own_values.kept(context, ada) == Kept(0, None)
    assert known_ids(context, OTHER, WORRIED) == {WORRIED}


def test_forgetting_takes_nothing_from_anybody_else(
    context: Context, ada: Person, bob: Person
) -> None:
    for person in (ada, bob):
        import_(context, person, "id,energy", f"{OTHER},0.25")
    own_values.forget(context, ada)
    assert own_values.kept(context, bob).tracks == 1


def test_both_raise_the_persons_revision(context: Context, ada: Person) -> None:
    def revision() -> int:
        return accounts.find(context, "ada").revision

    before = revision()
    import_(context, ada, "id,energy", f"{WORRIED},0.25")
    imported = revision()
    own_values.forget(context, ada)
    assert before < imported < revision()


@pytest.mark.skipif(not EXPORT.exists(), reason="the shared samples are not here")
def test_every_row_of_a_real_export_is_taken(context: Context, ada: Person) -> None:
    content = EXPORT.read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    receipt = own_values.import_(context, ada, content)
    assert (receipt.taken, receipt.refused, receipt.partly) == (len(rows), (), ())
    spotify_id = rows[0]["Track URI"].rpartition(":")[2]
    row = row_of(context, ada, spotify_id)
    assert row.number("energy") == float(rows[0]["Energy"])
    assert row.number("popularity") == float(rows[0]["Popularity"])


def test_a_row_without_a_link_is_known_by_artist_and_title(context: Context, ada: Person) -> None:
    lines = ["title,artist,url,energy", "I Ain't Worried,OneRepublic,https://shazam.com/1,0.25"]
    receipt = import_(context, ada, *lines, "Nothing,Nobody,,0.5")
    assert (receipt.taken, receipt.tracks) == (1, 1)
    assert row_of(context, ada).number("energy") == 0.25
    (refused,) = receipt.refused
    assert (refused.row, refused.text) == (3, "Nobody - Nothing")
    assert "No track of this artist and title is here yet" in refused.reason


def test_release_dates_and_lengths_are_taken_and_all_is_counted(
    context: Context, ada: Person
) -> None:
    header = "uri,energy,release date,duration (ms),genres"
    receipt = import_(
        context, ada, header, f"{OTHER},0.5,1999-03,215000,rock", f"{WORRIED},,,1000,"
    )
    assert receipt.values == {"energy": 1, "genres": 1, "release_date": 1, "duration_ms": 2}
    row = row_of(context, ada, OTHER)
    assert (row.release_year, row.duration_ms, row.genres) == (1999, 215_000, ("rock",))


def test_values_are_as_old_as_their_file(context: Context, ada: Person, clock: Clock) -> None:
    written = clock.time - timedelta(days=400)
    own_values.import_(context, ada, f"id,energy\n{WORRIED},0.5".encode(), dated=written)
    assert row_of(context, ada).values["energy"].observed_at == written
    assert own_values.kept(context, ada) == Kept(1, written)


def test_columns_and_letters_are_said_as_for_lists(context: Context, ada: Person) -> None:
    content = f"wo;schwung;art\n{WORRIED};0,5;шансон\n".encode("cp1251")
    table = own_values.look(content)
    assert (table.clear, bool(table.guesses), table.fields) == (False, True, {Field.URI: "wo"})
    fields = {Field.URI: "wo", Field.ENERGY: "schwung", Field.GENRES: "art", Field.TITLE: ""}
    receipt = own_values.import_(context, ada, content, Choices("cp1251", None, fields))
    assert receipt.values == {"energy": 1, "genres": 1}
    assert row_of(context, ada).genres == ("шансон",)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("id,energy", True),
        ("isrc,energy", True),
        ("title,artist,energy", True),
        ("id,title", False),
        ("title,energy", False),
    ],
)
def test_a_file_tells_of_tracks_where_it_names_them_and_has_values(header: str, told: bool) -> None:
    assert own_values.look(f"{header}\n".encode()).told is told
