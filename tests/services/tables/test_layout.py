"""A header is found where it is, and a song that is called as a column is none."""

import pytest

from ttt.services.tables import layout

LINK = "spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"
ROWS = "\nDust,Ada,120\nSnow,Bob,90\n"


@pytest.mark.parametrize(
    ("text", "header", "names"),
    [
        ("title,artist,tempo" + ROWS, 1, ("title", "artist", "tempo")),
        ("My songs\n\ntitle,artist,tempo" + ROWS, 3, ("title", "artist", "tempo")),
        ("sep=;\ntitle;artist\nDust;Ada\n", 1, ("title", "artist")),
        ('"title,artist"\n"Dust,Ada"\n', 1, ("title", "artist")),
        (
            "Mine,and yours,2024\ntitle,artist,\nDust,Ada,\nSnow,Bob,\n",
            2,
            ("title", "artist", "column 3"),
        ),
        ("wer,was,schwung\nEnergy,Ada,3\n", 1, ("wer", "was", "schwung")),
    ],
)
def test_the_header_is_the_row_of_names(text: str, header: int, names: tuple[str, ...]) -> None:
    found = layout.find(text)
    assert (found.header, found.names) == (header, names)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("wer,was,tempo" + ROWS, True),
        ("wer,was,wann" + ROWS, True),
        ("wer,was\nDust,Ada\nSnow,Bob\n", False),
        ("title,artist\nDust,Ada\n", True),
        ("title,was\nDust,Ada\n", False),
        ("2024\ntitle,was\nDust,Ada\n", False),
        ("wer,was\nspotify:album:1,Ada\n", True),
        ("wer,was\nhttps://x,Ada\n", True),
        ("wer,was\n-3.5 %,Ada\n", True),
        ("1999,2000\nDust,Ada\n", False),
        (",\nDust,3\n", False),
        ("Dust,Ada\n505,Bob\n", False),
        ("Dust,Ada\n505,Bob\nSnow,Bob\n", False),
        ("wer,was\n505,Bob\n1999,Ada\nSnow,Bob\n", True),
        ("wer,was\n3.5,Bob\n,Ada\n", True),
    ],
)
def test_a_first_row_is_surely_a_header_where_values_stand_below(text: str, sure: bool) -> None:
    assert layout.find(text).sure is sure


def test_a_header_is_looked_for_in_the_first_twenty_lines() -> None:
    text = "title,artist\nDust,Ada\n"
    assert layout.find("\n" * 19 + text).header == 20
    assert layout.find("\n" * 20 + text).header == 0
    assert layout.find("\n" * 20 + '"title,artist"\n').header == 0


@pytest.mark.parametrize(
    ("text", "header"), [(f"{LINK},Ada\n", None), ("title,artist\n", False), ("a,b\n", False)]
)
def test_columns_that_nothing_names_are_counted_from_one(text: str, header: bool | None) -> None:
    found = layout.find(text, header=header)
    assert (found.header, found.names) == (0, ("column 1", "column 2"))
    assert found.sure


def test_whoever_says_that_there_is_a_header_is_believed() -> None:
    found = layout.find("Dust,Ada\nSnow,Bob\n", header=True)
    assert (found.header, found.names, found.sure) == (1, ("dust", "ada"), True)


def test_a_name_that_stands_twice_is_told_apart() -> None:
    names = ("title", "artist", "title (3)", "column 4", "tempo")
    assert layout.find("title,artist,Title,,tempo" + ROWS).names == names


@pytest.mark.parametrize(
    "text", ['"title,artist"\n"Dust,Ada",x\n', '"title, mine"\n"Dust, Ada"\n', "title\nDust\n"]
)
def test_cells_in_quotation_marks_are_kept_where_they_are_no_whole_rows(text: str) -> None:
    assert layout.find(text).text == text


def test_of_a_table_in_quotation_marks_only_whole_rows_are_unwrapped() -> None:
    text = '"title,artist"\n' + '"Dust,\nAda"\n' * 19 + 'Snow,"x\nOne,Two\n"Snow,Bob"\n'
    whole = ["title,artist", *["Dust, Ada"] * 19, 'Snow,"x', "One,Two", "Snow,Bob"]
    assert layout.find(text).text.split("\n") == whole


def test_a_header_that_is_repeated_is_no_row() -> None:
    found = layout.find("title,artist\nDust,Ada\nTitle,Artist\ntitle,Bob\n")
    assert [row.cells for row, _ in layout.body(found)] == [("Dust", "Ada"), ("title", "Bob")]


def test_a_song_that_is_called_as_a_column_is_no_header_below_others() -> None:
    assert layout.find("wer,was\nDust,Ada\nEnergy,Bob\n").header == 1


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Dust\n\nSnow\n", True),
        ("Dust\nSnow, Rain\nHail\n", True),
        ("Dust,Ada\nSnow,Bob\nHail\n", False),
        ("Dust;Ada\n\nSnow;Bob\n", False),
        ("\n\n", True),
    ],
)
def test_a_text_is_one_column_where_nothing_parts_most_of_its_lines(text: str, alone: bool) -> None:
    assert layout.is_one_column(text) is alone


def test_a_row_that_cannot_be_read_is_no_header() -> None:
    assert layout.find('x,"b" c\nwer,was\n').names == ("wer", "was")


@pytest.mark.parametrize(
    ("row", "heads"),
    [
        ("title,artist", True),
        ("title,artist,album", True),
        ("title,artist,album,mine", False),
        ("title,artist,album,tempo", True),
        ("title,artist,album,tempo,mine", True),
        ("title,album,tempo,energy", False),
        ("spotify_id,title", True),
        ("spotify_id", False),
        ("title,artist,", True),
    ],
)
def test_a_row_of_names_alone_is_a_header_and_of_four_with_others(row: str, heads: bool) -> None:
    found = layout.find(f"wer,was,x,y,z\nSnow,Bob,1,2,3\n{row}\nDust,Ada,1,2,3\n", header=True)
    assert len([row for row, _ in layout.body(found)]) == (2 if heads else 3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("title,artist\n1,Dust,Ada\n2,Snow,Bob\n", ("column 1", "title", "artist")),
        ('"title" "artist"\n'.replace(" ", "\t") + "0\tDust\tAda\n1\tSnow\tBob\n", None),
        ("title,artist\n1,Dust,Ada\n3,Snow,Bob\n", ("title", "artist")),
        ("title,artist\n1,Dust,Ada\n", ("title", "artist")),
        ("title,artist\n1,Dust,Ada\nSnow,Bob\n", ("title", "artist")),
    ],
)
def test_numbers_of_rows_may_lack_a_name_above_them(
    text: str, names: tuple[str, ...] | None
) -> None:
    assert layout.find(text).names == (names or ("column 1", "title", "artist"))
