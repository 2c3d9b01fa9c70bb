"""Fields of a record hold what this server would write, and what a database can."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ttt.services.my_data.shapes import music, record


@pytest.mark.parametrize(
    ("kind", "fits", "does_not"),
    [
        (record.Text, "x" * 1_000, "x" * 1_001),
        (record.Text, "", "a\0b"),
        (record.At, "2200-01-01T00:00:00Z", "2200-01-01T00:00:01Z"),
        (record.At, "1990-01-01T00:00:00Z", "1989-12-31T23:59:59Z"),
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
