"""JSON as services send it: what is odd about it costs as little as can be."""

import json
from typing import Any

import pytest

from ttt.providers import answers

SAID = {"name": "Café", "rank": 3}
PLAIN = json.dumps(SAID, ensure_ascii=False)


@pytest.mark.parametrize(
    "body",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        json.dumps(SAID).encode(),
    ],
)
def test_any_encoding_that_json_may_have_is_read(body: bytes) -> None:
    assert answers.told(body) == SAID


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (PLAIN.encode("latin-1"), {"name": "Caf\ufffd", "rank": 3}),
        (b'{"name": "a\tb\n", "rank": 3}', {"name": "a\tb\n", "rank": 3}),
        (b'{"name": "\\ud83d", "rank": 3}', {"name": "\ud83d", "rank": 3}),
        (b'{"name": "a", "rank": ' + b"9" * 5000 + b"}", {"name": "a", "rank": None}),
    ],
)
def test_an_odd_value_costs_itself(body: bytes, said: Any) -> None:
    assert answers.told(body) == said


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a":', b"[" * 100_000, b"\xff"])
def test_what_is_no_json_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        answers.told(body)
