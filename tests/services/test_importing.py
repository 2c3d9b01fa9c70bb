import csv
import io

import pytest

from tests.services.conftest import Clock
from ttt.errors import InvalidInput
from ttt.services import entries, importing, lists
from ttt.services.accounts import Person
from ttt.services.context import Context
from ttt.services.importing import Field
from ttt.services.receipt import Receipt

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
    ("content", "artists"),
    [(OWN, ("Ada", "Zoe")), (EXPORTIFY, ("Ada", "Zoe")), (OLD_EXPORTIFY, ("Ada, Zoe",))],
    ids=["own", "exportify", "old exportify"],
)
def test_files_of_known_kinds_need_no_help(
    context: Context, ada: Person, content: str, artists: tuple[str, ...]
) -> None:
    assert importing.look(content.encode()).clear
    assert importing.import_(context, ada, content.encode()) == Receipt(1, 0)
    (row,) = entries.listed(context, ada)
    assert (row.title, row.artists, row.album) == ("Dust", artists, "Desert")
    assert row.values == {}


def test_of_any_other_file_the_person_says_which_column_is_which(
    context: Context, ada: Person
) -> None:
    content = f"Lied;Wer;Wo\nDust;Ada;https://open.spotify.com/track/{ID}\n".encode()
    table = importing.look(content)
    assert (table.columns, table.fields, table.clear) == (("lied", "wer", "wo"), {}, False)
    fields = {Field.URI: "wo", Field.TITLE: "lied", Field.ARTIST: "wer"}
    assert importing.import_(context, ada, content, None, fields) == Receipt(1, 0)
    assert entries.listed(context, ada)[0].title == "Dust"


def test_a_file_goes_onto_the_list_that_is_named(context: Context, ada: Person) -> None:
    party = lists.create(context, ada, "Party")
    importing.import_(context, ada, OWN.encode(), party)
    assert len(entries.listed(context, ada, party)) == 1
    assert entries.listed(context, ada) == []


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
    content = "uri,song\n" + "".join(f"{text},Dust\n" for text in rows)
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
    assert written[2]["text"] == "'=nonsense"
