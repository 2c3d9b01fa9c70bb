"""What is taken back on another server, and what fields of a record may hold."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ttt.services.my_data.kinds import KINDS, readme
from ttt.services.my_data.shapes import music, record
from ttt.services.my_data.writing import columns_of

ID = "0" * 22


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [
        (music.Tag, "x", ""),
        (music.Tag, "x" * 40, "x" * 41),
        (music.Note, "x" * 500, "x" * 501),
        (music.Name, "x" * 100, "x" * 101),
        (record.Text, "x" * 1_000, "x" * 1_001),
        (record.Text, "", "a\0b"),
        (record.At, "2200-01-01T00:00:00Z", "2200-01-01T00:00:01Z"),
        (record.At, "1990-01-01T00:00:00Z", "1989-12-31T23:59:59Z"),
        (music.Rank, 1, 0),
    ],
)
def test_a_field_holds_what_this_server_would_write_and_no_more(
    kind: Any, fits: object, does_not: object
) -> None:
    adapter = TypeAdapter(kind)
    adapter.validate_python(fits)
    with pytest.raises(ValidationError):
        adapter.validate_python(does_not)


def test_a_ranking_has_a_hundred_places_at_most() -> None:
    row = {"period": "short_term", "taken_at": "2026-01-01T00:00:00Z"}
    assert len(music.Snapshot.model_validate(row | {"tracks": [ID] * 100}).tracks) == 100
    with pytest.raises(ValidationError):
        music.Snapshot.model_validate(row | {"tracks": [ID] * 101})


def test_title_and_artists_stand_beside_tracks_and_nowhere_else() -> None:
    by_name = {kind.name: columns_of(kind) for kind in KINDS}
    assert by_name["lists"][-2:] == by_name["values"][-2:] == ["title", "artists"]
    assert "title" not in by_name["sessions"]
    assert by_name["tracks"].count("title") == 1


def test_a_list_has_twenty_thousand_tracks_at_most() -> None:
    entry = {"track": ID, "added_at": "2026-01-01T00:00:00Z", "added_by_me": True}
    row = {"name": "L", "trending": False, "access": "private", "created_at": entry["added_at"]}
    entries = [entry | {"note": None, "tags": []}] * 20_001
    assert music.TrackList.model_validate(row | {"entries": entries[:-1]})
    with pytest.raises(ValidationError):
        music.TrackList.model_validate(row | {"entries": entries})


def test_the_file_that_explains_all_others_names_each_in_lines_of_a_page() -> None:
    lines = readme().splitlines()
    assert {f"{kind.name}.json, {kind.name}.csv" for kind in KINDS} < set(lines)
    assert "manifest.json" in lines
    assert max(len(line) for line in lines[lines.index("Left out, and why") :]) <= 100
