"""What a row says is kept while its name waits, however little it is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ttt.found import FoundArtist, FoundTrack
from ttt.services.values import from_file
from ttt.services.values.from_file import Said

AT = datetime(2025, 2, 12, tzinfo=UTC)
NAMED = {"title": "Dust", "artists": (FoundArtist("Ada"), FoundArtist("Zoe"))}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"energy": 0.5}, {}),
        ({}, {"album": "Desert"}),
        ({}, {"release_date": "1999-03"}),
        ({}, {"duration_ms": 215_000}),
        ({}, {"genres": ("shibuya-kei",)}),
        ({"energy": 0.5, "key": 3}, {"album": "Desert", "genres": ("dub", "ska")}),
    ],
)
def test_whatever_a_row_says_comes_back_as_it_was(
    values: dict[str, float], told: dict[str, Any]
) -> None:
    said = Said(values, FoundTrack("", **NAMED, **told))
    stored = from_file.as_json(said, AT)
    assert stored is not None
    assert stored["at"] == AT.isoformat()
    assert from_file._of_json(stored) == said


def test_of_a_row_of_names_alone_nothing_is_kept() -> None:
    assert from_file.as_json(Said({}, FoundTrack("", **NAMED)), AT) is None
