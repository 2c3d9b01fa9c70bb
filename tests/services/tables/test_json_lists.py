"""Lists in JSON are found wherever they lie in a file, as rows of what each track is called."""

import json
from typing import Any

import pytest

from ttt.errors import InvalidInput
from ttt.services.tables import json_lists

ID = "4h9wh7iOZ0GGn8QVp4RAOB"
LINK = f"spotify:track:{ID}"
SONG, OTHER = {"title": "Dust", "artist": "Ada"}, {"title": "Snow", "artist": "Bob"}


def read(found: Any) -> list[dict[str, str]]:
    rows = json_lists.read(json.dumps(found))
    assert rows is not None
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    return [{name: cell for name, cell in cells.items() if cell} for _, cells in rows]


@pytest.mark.parametrize(
    "found",
    [
        [SONG, OTHER],
        {"name": "Mine", "tracks": {"items": [SONG, OTHER]}},
        {"title": "A mix", "artist": "Me", "tracks": [SONG, OTHER]},
        {"lists": [{"tracks": [SONG]}, {"tracks": [OTHER]}]},
        {"title": ["Dust", "Snow"], "artist": ["Ada", "Bob"]},
        [["title", "artist"], ["Dust", "Ada"], ["Snow", "Bob"]],
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


def test_a_single_column_is_no_table() -> None:
    assert read({"title": ["Dust", "Snow"]}) == [{"title": "Dust; Snow"}]
