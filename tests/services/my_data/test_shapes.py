"""Records of a file hold what this app could have written, to the bound."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.services.my_data.conftest import TRACKS
from tests.services.my_data.test_reading import ENTRY, LIST, SNAPSHOT, VALUE
from ttt.services.my_data.shapes.music import Snapshot, TrackList, Value
from ttt.services.my_data.shapes.record import Record
from ttt.services.my_data.target import Count


@pytest.mark.parametrize(
    ("model", "record", "field", "within", "beyond"),
    [
        (TrackList, LIST, "name", "x", ""),
        (TrackList, LIST, "name", "x" * 100, "x" * 101),
        (TrackList, LIST, "entries", [ENTRY] * 20_000, [ENTRY] * 20_001),
        (TrackList, LIST, "entries", [ENTRY | {"tags": ["x"]}], [ENTRY | {"tags": [""]}]),
        (Snapshot, SNAPSHOT, "tracks", TRACKS[:1] * 100, TRACKS[:1] * 101),
        (Value, VALUE, "observed_at", "1990-01-01T00:00:00Z", "1989-12-31T23:59:59Z"),
        (Value, VALUE, "observed_at", "2200-01-01T00:00:00Z", "2200-01-01T00:00:01Z"),
    ],
)
def test_a_record_is_taken_up_to_its_bound_and_not_beyond(
    model: type[Record], record: dict[str, Any], field: str, within: object, beyond: object
) -> None:
    assert model.model_validate(record | {field: within})
    with pytest.raises(ValidationError):
        model.model_validate(record | {field: beyond})


def test_what_became_of_records_is_counted_in_words() -> None:
    count = Count("top tracks")
    count.take(added=True)
    count.take(added=False)
    assert (str(count), count.total) == ("Top tracks: 1 added, 1 already there", 2)
    count.refuse(3, "x" * 81, "No.")
    assert (str(count), count.total) == ("Top tracks: 1 added, 1 already there, 1 refused", 3)
    assert count.refused[0].text == "x" * 80
