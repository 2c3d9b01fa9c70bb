"""A header is found where it is, and a song that is called as a column is none."""

import pytest

from ttt.services.tables import layout

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
        ("1999,2000\nDust,Ada\n", False),
        (",\nDust,3\n", False),
    ],
)
def test_a_first_row_is_surely_a_header_where_values_stand_below(text: str, sure: bool) -> None:
    assert layout.find(text).sure is sure
