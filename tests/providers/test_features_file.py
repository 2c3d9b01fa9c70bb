"""A person's own table: any spelling of columns, units that are proven, no row lost."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from ttt.errors import InvalidInput
from ttt.found import Finding, FoundFeatures
from ttt.providers import features_file
from ttt.providers.columns import Columns
from ttt.providers.features_file import FeaturesFile, FileRow, RefusedRow
from ttt.services.tables import spreadsheet

PROJECT = Path(__file__).resolve().parents[2]
EXPORTIFY = PROJECT.parent / "shared" / "samples" / "exportify" / "liked_songs.csv"
ID = "2uuJs2nltcYFh9pkKP7bW4"
NOT_NAMED = "This row names no track of Spotify's and has no ISRC."
NO_VALUE = "This row has no value that could be used."


def table(header: str, *lines: str) -> FeaturesFile:
    """What is read of rows whose cells are separated by commas, as the CSV reader hands them on."""
    columns = [name.strip().casefold() for name in header.split("|")]
    rows = [dict(zip(columns, line.split("|"), strict=True)) for line in lines]
    return features_file.read(enumerate(rows, start=2))


def features_of(*cells: str, header: str) -> FoundFeatures | None:
    """Features of a single row with an id."""
    [row] = table(f"id|{header}", "|".join((ID, *cells))).rows
    return row.finding.features


def energies(*cells: str, header: str = "energy") -> list[float | None]:
    """The energy of each row that has a popularity besides."""
    file = table(f"id|popularity|{header}", *(f"{ID}|1|{cell}" for cell in cells))
    assert len(file.rows) == len(cells)
    return [row.finding.features.energy if row.finding.features else None for row in file.rows]


@pytest.mark.skipif(not EXPORTIFY.exists(), reason=f"{EXPORTIFY} is not here")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_real_export_of_exportify_is_read_whole(encoding: str) -> None:
    content = EXPORTIFY.read_text(encoding="utf-8-sig").encode(encoding)

    file = features_file.read(spreadsheet.cut(spreadsheet.decode(content)).rows)

    assert (len(file.rows), file.refused) == (300, ())
    assert sum(row.finding.popularity is not None for row in file.rows) == 300
    assert sum(bool(row.finding.genres) for row in file.rows) == 219
    assert file.rows[0] == FileRow(
        number=2,
        spotify_id=ID,
        isrc=None,
        finding=Finding(
            features=FoundFeatures(
                energy=0.646,
                valence=0.638,
                tempo=176.153,
                key=6,
                mode=1,
                danceability=0.599,
                acousticness=0.222,
                instrumentalness=0.00000436,
                liveness=0.128,
                loudness=-6.326,
                speechiness=0.337,
                time_signature=4,
            ),
            popularity=70.0,
            genres=("hip-hop", "rap"),
        ),
    )


def test_the_other_spelling_of_exportify_is_read() -> None:
    file = table(
        "Spotify ID|Artist IDs|Track Name|Popularity|Genres|Energy|Key|Mode|Time Signature",
        f"{ID}|4TXdHyuAOl3rAOFmZ6MeKz|Show Me|70|hip hop,rap|0.646|6|0|4",
    )

    assert file.rows == (
        FileRow(
            2,
            ID,
            None,
            Finding(
                features=FoundFeatures(energy=0.646, key=6, mode=0, time_signature=4),
                popularity=70.0,
                genres=("hip-hop", "rap"),
            ),
        ),
    )


def test_an_export_of_the_app_is_read() -> None:
    file = table(
        "artist|song|album|release_year|popularity|uri|genres|energy|key|valence|mood|tempo|artist_uri",
        f"A|B|C|2020|55|spotify:track:{ID}|rock; r&b|0.5|F♯ minor|0.25|Sad|120|spotify:artist:x",
        f"A|B|C|2020||spotify:track:{ID}||||||90.5|",
    )

    assert [row.finding for row in file.rows] == [
        Finding(
            features=FoundFeatures(energy=0.5, key=6, mode=0, valence=0.25, tempo=120.0),
            popularity=55.0,
            genres=("rock", "r&b"),
        ),
        Finding(features=FoundFeatures(tempo=90.5)),
    ]


def test_the_catalogue_is_a_file_too() -> None:
    content = (PROJECT / "data" / "catalogue.csv").read_bytes()
    file = features_file.read(spreadsheet.cut(spreadsheet.decode(content)).rows)

    assert len(file.rows) == len(content.splitlines()) - 1
    assert file.refused == ()


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("track_id|energy", f"{ID}|0.5"),
        ("Spotify Track Id|Energy", f"{ID}|0.5"),
        ("TRACK URI|ENERGY", f"spotify:track:{ID}|0.5"),
        ("link|energy", f"https://open.spotify.com/intl-de/track/{ID}?si=x|0.5"),
        ("Spotify URL|Energy", f"https://open.spotify.com/track/{ID}|0,5"),
        ("id|track_id|energy", f"17|{ID}|0.5"),
        ("uri|id|energy", f"|{ID}|+.5"),
    ],
)
def test_a_track_is_named_in_whatever_column(header: str, cells: str) -> None:
    assert table(header, cells).rows == (
        FileRow(2, ID, None, Finding(features=FoundFeatures(energy=0.5))),
    )


def test_a_track_can_be_named_by_its_isrc() -> None:
    file = table(
        "Track URI|ISRC|BPM",
        "|us-um7-17-03861|120",
        "spotify:local:A:B:C:128|GBARL9300135|90",
        f"spotify:track:{ID}|GBARL9300135|91",
    )

    assert [(row.spotify_id, row.isrc) for row in file.rows] == [
        (None, "USUM71703861"),
        (None, "GBARL9300135"),
        (ID, "GBARL9300135"),
    ]


def test_a_row_that_is_not_taken_is_refused_with_its_reason() -> None:
    file = table(
        "uri|isrc|energy",
        "spotify:local:A:B:C:128||0.5",
        "||0.5",
        "|not an isrc|0.5",
        f"spotify:episode:{ID}||0.5",
        f"{ID}||",
        f"{ID}||n/a",
        f"{ID}||loud",
        f"{'x' * 200}||0.5",
        f"{ID}||0.5",
    )

    assert [row.number for row in file.rows] == [10]
    assert file.refused == (
        RefusedRow(2, "spotify:local:A:B:C:128", NOT_NAMED),
        RefusedRow(3, "", NOT_NAMED),
        RefusedRow(4, "not an isrc", NOT_NAMED),
        RefusedRow(5, f"spotify:episode:{ID}", NOT_NAMED),
        RefusedRow(6, ID, NO_VALUE),
        RefusedRow(7, ID, NO_VALUE),
        RefusedRow(8, ID, NO_VALUE),
        RefusedRow(9, "x" * 80, NOT_NAMED),
    )


def lost(header: str, line: str) -> dict[str, str]:
    """What a row holds that cannot be meant, by field."""
    cells = dict(zip(header.split("|"), line.split("|"), strict=True))
    columns = Columns([cells])
    return features_file.unusable(cells, columns, features_file.finding(cells, columns))


def test_what_cannot_be_meant_is_left_out_and_named() -> None:
    header = "id|energy|valence|tempo|key|mode|popularity|loudness"
    cells = f"{ID}|0.5|loud|5000|H#|perhaps|101|"

    [row] = table(header, cells).rows

    assert row.finding == Finding(features=FoundFeatures(energy=0.5))
    assert lost(header, cells) == {
        "valence": "loud",
        "tempo": "5000",
        "key": "H#",
        "mode": "perhaps",
        "popularity": "101",
    }


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "-", "--", "—", "?", "…", "n/a", "N.A.", "#N/A", "<NA>", "NaN", "None"),
        *("Unknown", "undefined", "nil", "0", "0.0", "0,00", "-1", "-1.0"),
    ],
)
@pytest.mark.parametrize("field", ["tempo", "key", "time_signature"])
def test_words_and_signs_for_unknown_are_no_mistakes(field: str, cell: str) -> None:
    # A key of 0 is one.
    assert lost(f"id|energy|{field}", f"{ID}|0.5|{cell}") == {}


def test_nothing_of_an_analysis_that_failed_is_a_mistake_but_what_others_say_is() -> None:
    header = "id|danceability|energy|valence|tempo|loudness|popularity"
    assert lost(header, f"{ID}|0|0|0|0|-60|-3") == {"popularity": "-3"}
    assert lost(header, f"{ID}|0|0|0|0|-160|5") == {}
    assert lost(header, f"{ID}|0|0|0.1|0|-160|5") == {"loudness": "-160"}


@pytest.mark.parametrize(
    ("cell", "tempo"),
    [
        ("120", 120.0),
        ("120.5", 120.5),
        ("120,5", 120.5),
        ("1.2e2", 120.0),
        ("120 BPM", 120.0),
        ("'120", 120.0),
        (" 120. ", 120.0),
    ],
)
def test_a_number_is_read_as_spreadsheets_write_it(cell: str, tempo: float) -> None:
    assert features_of(cell, header="tempo") == FoundFeatures(tempo=tempo)


@pytest.mark.parametrize("cell", ["-6.3", "−6,3", "-6.3 dB", "'-6.3"])
def test_a_loudness_is_below_zero(cell: str) -> None:
    assert features_of(cell, header="Loudness (dB)") == FoundFeatures(loudness=-6.3)


@pytest.mark.parametrize("header", ["energy_%", "Energy (%)", "energy percent", "energy_pct"])
def test_percent_is_read_where_the_header_says_so(header: str) -> None:
    assert energies("64", "1", "0.5", "101", header=header) == [0.64, 0.01, 0.005, None]


def test_percent_is_read_where_every_cell_says_so() -> None:
    assert energies("64 %", "1%", "0.5%", "") == [0.64, 0.01, 0.005, None]


def test_percent_is_read_where_the_whole_column_proves_it() -> None:
    assert energies("64", "1", "100", "0", "") == [0.64, 0.01, 1.0, 0.0, None]


@pytest.mark.parametrize(
    "cells",
    [
        ("0.64", "1", "0", "0.9"),
        ("1", "0", "1"),
    ],
)
def test_shares_stay_shares(cells: Sequence[str]) -> None:
    assert energies(*cells) == [float(cell) for cell in cells]


def test_a_mistake_among_shares_costs_only_itself() -> None:
    assert energies("0.64", "0.5", "45", "0.9") == [0.64, 0.5, None, 0.9]


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        (("0.5", "42", "0.7", "63"), [0.5, None, 0.7, None]),
        (("64", "0.5", "80"), [0.64, None, 0.8]),
        (("64.5", "0.5", "80.25", "1", "0"), [0.645, None, 0.8025, 0.01, 0.0]),
        (("640", "0.5", "0.25"), [None, 0.5, 0.25]),
        (("64 %", "0.5", "0.25", "80"), [0.64, 0.5, 0.25, None]),
    ],
)
def test_of_a_column_of_two_units_what_is_not_sure_is_lost_and_not_the_column(
    cells: Sequence[str], known: Sequence[float | None]
) -> None:
    assert energies(*cells) == known


@pytest.mark.parametrize(
    "cells",
    [
        ("64.5", "0.5"),  # percent with fractions, or shares with mistakes
        ("64", "0.5", "180"),
        ("7", "3", "9"),  # out of ten?
        ("640", "500", "20"),  # out of a thousand?
    ],
)
def test_a_column_whose_unit_is_not_sure_is_not_read(cells: Sequence[str]) -> None:
    assert energies(*cells) == [None] * len(cells)


def test_where_one_column_proves_percent_1_is_one_of_a_hundred_in_all() -> None:
    file = table("id|energy|valence|acousticness", f"{ID}|64|7|1")
    assert [row.finding.features for row in file.rows] == [
        FoundFeatures(energy=0.64, valence=0.07, acousticness=0.01)
    ]


def test_a_column_out_of_ten_beside_percent_is_not_read() -> None:
    file = table("id|energy (0-100)|valence (1-10)|dance", f"{ID}|64|7|30")
    assert [row.finding.features for row in file.rows] == [
        FoundFeatures(energy=0.64, danceability=0.3)
    ]


def test_a_name_that_comes_again_holds_the_field_where_the_first_says_nothing() -> None:
    file = table("id|energy|energy (2)", f"{ID}||0.5", f"{ID}|0.25|0.5")
    energies = [row.finding.features and row.finding.features.energy for row in file.rows]
    assert energies == [0.5, 0.25]


def test_units_are_proven_for_each_column_by_itself() -> None:
    file = table("id|energy|valence", f"{ID}|64|0.5", f"{ID}|80|0.25")
    assert [row.finding.features for row in file.rows] == [
        FoundFeatures(energy=0.64, valence=0.5),
        FoundFeatures(energy=0.8, valence=0.25),
    ]


@pytest.mark.parametrize(
    ("header", "cells", "known"),
    [
        ("key|mode", ("6", "0"), FoundFeatures(key=6, mode=0)),
        ("key|mode", ("6.0", "1.0"), FoundFeatures(key=6, mode=1)),
        ("key|mode", ("C#", "Minor"), FoundFeatures(key=1, mode=0)),
        ("key|mode", ("F♯ minor", "1"), FoundFeatures(key=6, mode=0)),
        ("key|camelot", ("", "11A"), FoundFeatures(key=6, mode=0)),
        ("key|camelot", ("6", "11A"), FoundFeatures(key=6, mode=0)),
        ("key", ("8B",), FoundFeatures(key=0, mode=1)),
        ("mode", ("major",), FoundFeatures(mode=1)),
    ],
)
def test_a_key_is_read_from_the_columns_that_there_are(
    header: str, cells: tuple[str, ...], known: FoundFeatures
) -> None:
    assert features_of(*cells, header=header) == known


@pytest.mark.parametrize(
    ("cell", "genres"),
    [
        ("Hip Hop; R&B", ("hip-hop", "r&b")),
        ("rock, indie rock", ("rock", "indie rock")),
        ("['art pop', \"new wave\"]", ("art pop", "new wave")),
        ("[]", ()),
        ("Unknown", ()),
    ],
)
def test_genres_are_separated_in_the_usual_ways(cell: str, genres: tuple[str, ...]) -> None:
    [row] = table("id|popularity|Artist Genres", f"{ID}|1|{cell}").rows
    assert row.finding.genres == genres


@pytest.mark.parametrize(
    ("header", "reason"),
    [("artist|energy", "ids"), ("uri|artist", "value"), ("isrc|added_at", "value")],
)
def test_a_file_that_cannot_be_of_use_is_refused_as_a_whole(header: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=f"No column has .*{reason}"):
        table(header, "x|y")


def test_a_file_without_rows_is_nothing() -> None:
    assert table("id|energy") == FeaturesFile((), ())


CELLS = st.text(max_size=12) | st.sampled_from([ID, "0.5", "64", "6", "11A", "-1", "nan", "1e999"])
TABLES = st.lists(
    st.sampled_from(["id", "isrc", "energy", "valence %", "tempo", "key", "mode", "genres"]),
    min_size=1,
    unique=True,
).flatmap(lambda names: st.lists(st.fixed_dictionaries(dict.fromkeys(names, CELLS)), max_size=5))


@trying(derandomize=True, max_examples=300, deadline=None)
@given(TABLES)
def test_every_row_of_any_table_is_taken_or_refused(rows: list[dict[str, str]]) -> None:
    try:
        file = features_file.read(enumerate(rows))
    except InvalidInput:
        return
    numbers = [row.number for row in (*file.rows, *file.refused)]
    assert sorted(numbers) == list(range(len(rows)))
    assert all(row.finding != Finding() and (row.spotify_id or row.isrc) for row in file.rows)


def keys(header: str, *rows: str) -> list[tuple[int | None, int | None]]:
    """Key and mode of each row of a table of keys."""
    found = table(f"id|energy|{header}", *(f"{ID}|0.5|{row}" for row in rows)).rows
    features = [row.finding.features or FoundFeatures() for row in found]
    return [(one.key, one.mode) for one in features]


def test_letters_alone_are_major_where_others_of_the_column_say_minor() -> None:
    assert keys("key", "Am", "C", "F♯", "5", "c") == [(9, 0), (0, 1), (6, 1), (5, None), (0, None)]
    assert keys("key", "A", "C", "A minor") == [(9, None), (0, None), (9, 0)]
    assert keys("key|mode", "Am|", "C|0", "C|Dorian") == [(9, 0), (0, 0), (0, None)]


def test_a_key_without_its_mode_has_that_of_the_same_key_in_another_column() -> None:
    found = keys("key|camelot", "F|4A", "F|7B", "F|8B", "5|4A")
    assert found == [(5, 0), (5, 1), (5, None), (5, 0)]


def test_of_two_columns_of_a_value_each_has_its_own_unit() -> None:
    assert energies("0.42|42", "|33", "0.5|", header="energy|energy %") == [0.42, 0.33, 0.5]
    assert energies("42|0.42", "|0.33", header="energy|energy (0-1)") == [0.42, 0.33]


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        (["0.41", "0.07", "1", "0"], [41.0, 7.0, 100.0, 0.0]),
        (["41", "0.41", "1"], [41.0, None, 1.0]),
        (["41 %", "7 %"], [41.0, 7.0]),
        (["45.5", "1"], [45.5, 1.0]),
    ],
)
@pytest.mark.parametrize("header", ["popularity", "Popularity (%)", "Popularity (0-100)"])
def test_a_popularity_is_of_a_hundred(header: str, cells: list[str], known: list[object]) -> None:
    file = table(f"id|energy|{header}", *(f"{ID}|0.5|{cell}" for cell in cells))
    assert [row.finding.popularity for row in file.rows] == known
