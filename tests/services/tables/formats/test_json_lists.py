"""Lists in JSON are found wherever they lie in a file, as rows of what each track is called."""

import json
from typing import Any

import pytest

from ttt.errors import InvalidInput
from ttt.services.tables.formats import damaged, json_lists

ID = "4h9wh7iOZ0GGn8QVp4RAOB"
LINK = f"spotify:track:{ID}"
SONG, OTHER = {"title": "Dust", "artist": "Ada"}, {"title": "Snow", "artist": "Bob"}


def read(found: Any) -> list[dict[str, str]]:
    rows = json_lists.read(json.dumps(found))
    assert rows is not None
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    return [{name: cell for name, cell in cells.items() if cell} for _, cells in rows if cells]


def test_quotation_marks_of_a_word_processor_are_those_of_json() -> None:
    rows = json_lists.read('[{“title”: “The "Dust"”, „artist“: “Ada”, “energy”: 0.5}]')
    assert rows == [(1, {"title": 'The "Dust"', "artist": "Ada", "energy": "0.5"})]


@pytest.mark.parametrize(
    "found",
    [
        [SONG, OTHER],
        {"name": "Mine", "tracks": {"items": [SONG, OTHER]}},
        {"title": "A mix", "artist": "Me", "tracks": [SONG, OTHER]},
        {"lists": [{"tracks": [SONG]}, {"tracks": [OTHER]}]},
        {"title": ["Dust", "Snow"], "artist": ["Ada", "Bob"]},
        [["title", "artist"], ["Dust", "Ada"], ["Snow", "Bob"]],
        {"title": {"0": "Dust", "1": "Snow"}, "artist": {"0": "Ada", "1": "Bob"}},
        {"0": SONG, "1": OTHER},
    ],
)
def test_the_rows_that_say_most_of_tracks_are_the_list(found: Any) -> None:
    assert read(found) == [SONG, OTHER]


def test_a_track_that_lies_in_a_row_is_that_row_with_the_date_of_its_album() -> None:
    album = {"name": "First", "release_date": "1999"}
    row = {"added_at": "2024", "track": {"name": "Dust", "artists": ["Ada"], "album": album}}
    (cells,) = read({"items": [row]})
    assert (cells["name"], cells["artists"], cells["album"]) == ("Dust", "Ada", "First")
    assert (cells["added_at"], cells["release_date"]) == ("2024", "1999")


def test_one_track_alone_is_a_list_of_one() -> None:
    assert read(SONG) == [SONG]


def test_links_stand_for_tracks_also_between_rows() -> None:
    linked = read([LINK, LINK])
    assert len(linked) == 2
    assert all(LINK in cells.values() for cells in linked)
    assert read([SONG, LINK]) == [SONG, {"link": LINK}]


def test_objects_by_the_ids_of_tracks_are_rows() -> None:
    assert read({ID: SONG}) == [{"spotify_id": ID} | SONG]


@pytest.mark.parametrize("found", [[], {}, [1, 2], ["Dust", "Snow"]])
def test_what_holds_no_list_of_tracks_is_said_so(found: Any) -> None:
    with pytest.raises(InvalidInput, match="holds no list of tracks"):
        json_lists.read(json.dumps(found))


def test_text_is_no_json_and_a_torn_file_is_damaged() -> None:
    assert json_lists.read("title,artist\nDust,Ada") is None
    with pytest.raises(InvalidInput, match="damaged"):
        json_lists.read('[{"title": "Dust"')


def test_rows_without_names_of_columns_are_all_kept() -> None:
    rows = read([["Dust", "Ada"], ["Snow", "Bob"]])
    assert [list(cells.values()) for cells in rows] == [["Dust", "Ada"], ["Snow", "Bob"]]


ARTIST = {"name": "Ada", "id": ID}
SPOTIFYS = {"name": "Dust", "uri": LINK, "artists": [ARTIST], "album": {"name": "First"}}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (json.dumps([SONG, OTHER])[:-1] + ",]", [1, 2]),
        (json.dumps([SONG, OTHER, SONG])[:-10], [1, 2, None]),
        (f'{json.dumps(SONG)}\n{{"title": \n{json.dumps(OTHER)}\n', [1, None, 3]),
        (json.dumps([SONG, OTHER]).replace('"Snow"', '"Snow'), [1, None]),
        (json.dumps({"list": {"tracks": [SONG, OTHER]}})[:-3], [1, 2]),
        (json.dumps([SPOTIFYS, SPOTIFYS, SPOTIFYS])[:-30], [1, 2, None]),
        (json.dumps([SPOTIFYS] * 3).replace('"First"', "First", 1), [1, 2]),
    ],
)
def test_a_damaged_file_costs_the_rows_that_are(text: str, numbers: list[int | None]) -> None:
    rows = json_lists.read(text) or []
    assert [number if cells else None for number, cells in rows] == numbers
    assert all(cells and (cells.keys() & {"title", "uri"}) for _, cells in rows if cells)


@pytest.mark.parametrize("text", ['{"a":' * 1_000_000, '{"a":[' + "{" * 4_000_000, "[" * 300_000])
def test_a_damaged_file_is_looked_through_in_no_time(text: str) -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        json_lists.read(text)


def test_a_number_in_brackets_begins_no_json() -> None:
    assert json_lists.read("[1] Ada - Dust\n[2] Bob - Snow\n") is None
    assert json_lists.read("[00:12] Ada - Dust\n") is None


def test_a_single_column_is_no_table() -> None:
    assert read({"title": ["Dust", "Snow"]}) == [{"title": "Dust; Snow"}]


@pytest.mark.parametrize(
    "text",
    [
        repr([SONG, OTHER]),
        "[{title: 'Dust', artist: 'Ada'}, {title: \"Snow\", artist: \"Bob\"}]",
        f"// mine\nconst mine = {json.dumps([SONG, OTHER])};",
        '[{"title": "Dust", "artist": "Ada",}, {"title": "Snow", "artist": "Bob",},]',
        "['Ada - Dust', 'Bob - Snow']",
    ],
)
def test_json_is_read_as_python_and_scripts_write_it(text: str) -> None:
    found = json_lists.read(text) or []
    assert [(row["title"], row["artist"]) for _, row in found if row] == [
        ("Dust", "Ada"),
        ("Snow", "Bob"),
    ]


def test_the_id_of_an_episode_is_none_of_a_track() -> None:
    episode = {"type": "episode", "id": ID, "name": "Talk", "uri": f"spotify:episode:{ID}"}
    (_, row), _ = json_lists.read(json.dumps([{"track": episode}, {"track": SONG}])) or []
    assert row is not None
    assert "id" not in row


def test_a_track_whose_measures_lie_in_a_list_is_the_track() -> None:
    measured = SONG | {"measures": [{"energy": 0.5, "tempo": 120, "valence": 0.5}]}
    assert read(measured) == [SONG]


def test_of_what_is_damaged_the_objects_that_most_are_like_are_the_rows() -> None:
    artists, songs = [{"name": "Ada", "id": 1}] * 2, [{"title": "Dust", "uri": LINK}] * 3
    text = json.dumps([*artists, *songs])
    assert damaged.objects(text[:-1] + ",") == songs
    assert damaged.objects(json.dumps([*artists, *songs[:2]])[:-1]) == [*artists, *songs[:2]]


@pytest.mark.parametrize("there", [99, 100, 101])
def test_of_a_cell_that_is_a_list_a_hundred_are_kept(there: int) -> None:
    (row,) = read([SONG | {"genres": ["pop"] * there}])
    assert row["genres"].count("pop") == min(there, 100)


@pytest.mark.parametrize(("deep", "is_found"), [(8, True), (9, False)])
def test_a_list_is_looked_for_eight_names_deep(deep: int, is_found: bool) -> None:
    found: Any = [SONG, OTHER]
    for _ in range(deep):
        found = {"list": found}
    if is_found:
        assert read(found) == [SONG, OTHER]
    else:
        with pytest.raises(InvalidInput, match="no list of tracks"):
            json_lists.read(json.dumps(found))


def test_more_than_half_of_the_first_twenty_texts_name_tracks_in_a_list_of_them() -> None:
    assert len(read(["Ada - Dust"] * 11 + ["Dust"] * 9 + ["Snow"] * 9)) == 29
    with pytest.raises(InvalidInput, match="no list of tracks"):
        json_lists.read(json.dumps(["Ada - Dust"] * 10 + ["Dust"] * 10 + ["Ada - Dust"] * 9))
