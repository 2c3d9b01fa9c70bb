"""When files that people choose were written: their browser knows, and Streamlit does not ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from ttt.ui.frame import process

_HERE = Path(__file__).parent
# Clocks of two machines differ a little; what is dated later than that is dated wrongly.
_AHEAD = timedelta(days=1)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dates:
    """What a browser told of the file that was chosen last: name, bytes, and milliseconds."""

    told: Mapping[str, Any]

    def of(self, name: str, size: int) -> datetime | None:
        """When a file was written, None where that is not known or cannot be."""
        if (self.told.get("name"), self.told.get("size")) != (name, size):
            return None
        try:
            at = datetime.fromtimestamp(float(self.told.get("at") or 0) / 1000, UTC)
        except (TypeError, ValueError, OverflowError, OSError):
            return None
        now = process.context().now()
        return min(at, now) if _EARLIEST <= at <= now + _AHEAD else None


def listen(form: str) -> None:
    """Listen to which files are chosen on the page, from beside a form."""
    _element()(key=_key(form), data={}, on_chosen_change=_nothing)


def of(form: str, name: str, size: int) -> datetime | None:
    """When a file that was chosen for a form was written, None where nobody told."""
    return Dates((st.session_state.get(_key(form)) or {}).get("chosen") or {}).of(name, size)


def _key(form: str) -> str:
    return f"date of {form}"


def _nothing() -> None:
    """What was told is read when the form is sent."""


@cache
def _element() -> Any:
    # Read when it is first drawn: importing a module does nothing.
    return st.components.v2.component(
        "file_date", js=(_HERE / "file_date.js").read_text(encoding="utf-8")
    )
