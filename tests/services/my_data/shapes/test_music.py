"""Records of music hold what this server would write, to the bound."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ttt.services.my_data.shapes import music

ID = "0" * 22
AT = "2026-01-01T00:00:00Z"
ENTRY = {"track": ID, "added_at": AT, "added_by_me": True, "note": None, "tags": []}
LIST = {"name": "L", "trending": False, "access": "private", "created_at": AT}


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [
        (music.Tag, "x", ""),
        (music.Tag, "x" * 40, "x" * 41),
        (music.Note, "x" * 500, "x" * 501),
        (music.Name, "x", ""),
        (music.Name, "x" * 100, "x" * 101),
        (music.Rank, 1, 0),
        (music.Day, "2026-01", "2026-1"),
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
    row = {"period": "short_term", "taken_at": AT}
    assert len(music.Snapshot.model_validate(row | {"tracks": [ID] * 100}).tracks) == 100
    with pytest.raises(ValidationError):
        music.Snapshot.model_validate(row | {"tracks": [ID] * 101})


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"entries": [ENTRY] * 20_000}, True),
        ({"entries": [ENTRY] * 20_001}, False),
        ({"entries": [ENTRY | {"tags": ["x"] * 20}]}, True),
        ({"entries": [ENTRY | {"tags": ["x"] * 21}]}, False),
    ],
    ids=["most", "one more", "most tags", "one tag more"],
)
def test_a_list_has_twenty_thousand_tracks_of_twenty_tags_at_most(
    changes: dict[str, Any], fits: bool
) -> None:
    if fits:
        assert music.TrackList.model_validate(LIST | changes)
    else:
        with pytest.raises(ValidationError):
            music.TrackList.model_validate(LIST | changes)
