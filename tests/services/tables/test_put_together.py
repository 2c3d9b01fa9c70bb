"""Tables that were put together, and cells that programs wrap: what they say is what is read."""

import pytest

from ttt.providers.history_files.pieces import quoting
from ttt.services.lists import reading
from ttt.services.lists.reading import Reading
from ttt.services.matching.matching import Named
from ttt.services.tables import layout, list_files

ONE, TWO = "4h9wh7iOZ0GGn8QVp4RAOB", "7d0r2pZJOkZCkS1sVmx6Tc"


def read(text: str) -> Reading:
    return reading.read(list_files.read(text.encode()))


def names(text: str) -> list[tuple[str, str]]:
    found = read(text)
    assert (found.lines, found.refused) == ([], [])
    return [(name.title, name.artist) for _, name in found.named.values()]


@pytest.mark.parametrize(
    "second",
    ["Artist,Title\nB,Two\n", "\nartist,SONG\nB,Two\n", "Interpret,Titel\nB,Two\n"],
)
def test_a_second_header_names_the_columns_below_it(second: str) -> None:
    assert names(f"Title,Artist\nOne,A\n{second}") == [("One", "A"), ("Two", "B")]


def test_rows_above_a_longer_header_are_not_lost() -> None:
    found = read("Title,Artist\nOne,A\nArtist,Title,Album,Energy\nB,Two,Tides,0.5\n")
    assert [name for _, name in found.named.values()] == [Named("One", "A"), Named("Two", "B")]
    assert found.said[4].album == "Tides"
    assert [found.findings[row].features is None for row in (2, 4)] == [True, False]


def test_links_are_found_under_whatever_header_they_stand() -> None:
    found = read(
        f"Track URI,Track Name,Artist\nspotify:track:{ONE},One,A\n"
        f"Title,Artist,Link\nTwo,B,spotify:track:{TWO}\n"
    )
    assert [(line.text, line.spotify_id) for line in found.lines] == [
        ("A - One", ONE),
        ("B - Two", TWO),
    ]


@pytest.mark.parametrize("row", ["Energy,Time", "Key,Band", "Title,Energy"])
def test_a_song_that_is_called_as_a_column_is_no_header(row: str) -> None:
    title, artist = row.split(",")
    assert names(f"Title,Artist\n{row}\nOne,A\n") == [(title, artist), ("One", "A")]


def test_columns_of_the_same_field_are_one() -> None:
    assert layout.merged(("title", "artist"), ("artist name", "song", "year")) == (
        "artist",
        "title",
        "year",
    )
    assert layout.merged(("title", "artist"), ("title", "song")) == ("title", "song")


@pytest.mark.parametrize(
    "row", ["Total,2 tracks,7:30", "Gesamt:,1.234 Titel,", "sum,50 songs,", "Total,2,"]
)
def test_a_row_that_counts_the_others_is_no_track(row: str) -> None:
    found = read(f"Title,Artist,Length\nOne,A,3:45\n{row}\n")
    assert len(found.named) == 1
    assert [refusal.reason for refusal in found.refused] == [
        "This row counts the others: it is no track."
    ]


def test_a_song_called_total_is_one() -> None:
    assert names("Title,Artist\nTotal,Two Tracks\n") == [("Total", "Two Tracks")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Title,Artist\n“One, two”,“A, B”\n", ("One, two", "A, B")),
        ("Titel;Interpret\n„Eins; zwei“;Wer\n", ("Eins; zwei", "Wer")),
        ("“Title”,“Artist”\n“One”,“A”\n", ("One", "A")),
        ("Title,Artist\n“Heroes”,David Bowie\n", ("“Heroes”", "David Bowie")),
        ('="Title",="Artist"\n="One, two",="A"\n', ("One, two", "A")),
        ('Title,Artist\n"=""7""",A\n', ("7", "A")),
        ("Title;Artist\nRock &amp; Roll;A &#39;B\n", ("Rock & Roll", "A 'B")),
        ("Title,Artist\n&quot;One&quot;,A\n", ('"One"', "A")),
        ("Title,Artist\nR&B,A&M\n", ("R&B", "A&M")),
    ],
)
def test_wrapped_cells_hold_what_is_in_them(text: str, name: tuple[str, str]) -> None:
    assert names(text) == [name]


def test_a_file_of_marks_alone_is_read_in_no_time() -> None:
    for signs in ("“", '="', '="",', "“,”", "&amp", ",“"):
        text = signs * (1_000_000 // len(signs))
        quoting.plain(text, typeset=quoting.is_typeset(text))
