"""A receipt says of every row what became of it."""

import json

import pytest

from tests.cli.test_history import PODCAST, row
from tests.services.plays.bringing.test_importing import imported
from ttt.plays import WhyRefused
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import receipt
from ttt.services.plays.bringing.receipt import Receipt

BOOK = {"master_metadata_track_name": None, "spotify_track_uri": None, "audiobook_title": "Tale"}
LISTS = [
    [
        row(4),
        row(8, "b", incognito_mode=True),
        row(8, "b", incognito_mode=True),
        row(9, "c", 5_000),
    ],
    [row(20, **PODCAST), row(22, **PODCAST), row(24, **BOOK), row(30, ms=-1), row(31, "d")],
]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Receipt(rows=1, added=1), "Read 1 row: 1 play added."),
        (Receipt(rows=2, files=1, added=2), "Read 2 rows: 2 plays added."),
        (Receipt(rows=1, files=2, refused=1), "Read 1 row of 2 files: 1 could not be read."),
        (
            Receipt(rows=5, left_out={"video": 1, "radio": 2, "book": 2}),
            "Read 5 rows: 2 book rows left out, 2 radio rows left out, 1 video row left out.",
        ),
        (
            Receipt(rows=3, double=1, impossible=1, lost={"b.json": "is locked"}),
            "Read 3 rows: 1 told twice, 1 impossible. b.json: is locked.",
        ),
        (
            Receipt(rows=3, added=3, others={"Maloja": 2, "Koito": 1}),
            "Read 3 rows: 3 plays added. Among them: 1 row of Koito, 2 rows of Maloja.",
        ),
    ],
)
def test_a_receipt_is_a_sentence_of_what_happened(found: Receipt, words: str) -> None:
    assert found.words == words


def test_every_row_is_counted_once_and_private_and_uncertain_beside_it(
    context: Context, ada: Person, bob: Person
) -> None:
    for name, rows in zip(("endsong_0.json", "endsong_1.json"), LISTS, strict=True):
        imported(context, bob, name, json.dumps(rows).encode())
    _, first = imported(context, ada, "endsong_0.json", json.dumps(LISTS[0]).encode())
    assert first == Receipt(rows=4, files=1, added=2, too_short=1, double=1, private=1)
    upload, second = imported(context, ada, "endsong_1.json", json.dumps(LISTS[1]).encode())
    told = (second.rows, second.added, second.not_music, second.refused, second.private)
    assert told == (5, 1, 3, 1, 0)
    assert second.left_out == {"podcast": 2, "audiobook": 1}
    (lost,) = receipt.refused_rows(context, ada, upload.id)
    assert (lost.row, lost.file) == (4, "endsong_1.json")
    assert second.refusals == {lost.reason: 1}


def test_what_another_source_told_before_is_already_there(context: Context, ada: Person) -> None:
    rows = [row(4), row(8, "b", incognito_mode=True), row(9, "c", 5_000)]
    listens = [
        {"endTime": f"2024-03-30 12:0{n}", "artistName": "The Invented Few", "msPlayed": ms}
        | {"trackName": f"Song {name}"}
        for n, name, ms in ((4, "a", 200_000), (8, "b", 200_000), (9, "c", 5_000))
    ]
    imported(context, ada, "endsong_0.json", json.dumps(rows).encode())
    _, found = imported(context, ada, "StreamingHistory_music_0.json", json.dumps(listens).encode())
    assert (found.added, found.already_there, found.too_short, found.private) == (0, 2, 1, 0)


def test_the_same_file_once_more_would_find_all_its_music_there() -> None:
    found = Receipt(10, 1, 3, 1, 1, 2, 1, 0, 1, 1, 2, left_out={"podcast": 2})
    again = receipt.all_there(found)
    assert again == Receipt(10, 1, already_there=6, not_music=2, refused=2, left_out={"podcast": 2})


def test_rows_that_could_not_be_read_are_numbered_through_all_files() -> None:
    assert receipt._rows_before([4, 5, 6]) == [0, 4, 9]
    lines = receipt.as_csv([receipt.RefusedPlay(9, "b.json", WhyRefused("bad time").words, "{}")])
    assert lines.splitlines()[0].endswith("row,file,reason,text")
    assert lines.splitlines()[1].startswith("9,b.json,")
