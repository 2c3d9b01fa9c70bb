"""Records of music hold what this server would write, to the bound."""

from typing import Any

import pytest
from pydantic import ValidationError

from ttt.services.my_data.shapes import music

ID = "0" * 22
AT = "2026-01-01T00:00:00Z"
ENTRY = {"track": ID, "added_at": AT, "added_by_me": True, "note": None, "tags": []}
LIST = {"name": "L", "trending": False, "access": "private", "created_at": AT}


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
