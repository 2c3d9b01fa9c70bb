"""Cards with what can be saved of each, as one element: what is saved is made when it is asked for.

A button of Streamlit's own for each file would take longer to draw than all cards.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_ICON = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 16 7 11l1.4-1.45 2.6 2.6V4h2v8.15l'
    '2.6-2.6L17 11ZM6 20q-.8 0-1.4-.6T4 18v-3h2v3h12v-3h2v3q0 .8-.6 1.4T18 20Z"/></svg>'
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be saved: what its button says, its name, its media type, what makes it."""

    label: str
    name: str
    kind: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Tile:
    """A card as HTML, its title if it has one, and what can be saved of it."""

    title: str
    html: str
    files: tuple[File, ...]


def show(tiles: Sequence[Tile], across: int, key: str) -> None:
    """Show cards so many across where there is room; the last fills what its row has left."""

    def asked() -> None:
        st.session_state[f"{key} asked"] = (st.session_state.get(key) or {}).get("asked")

    told = st.session_state.pop(f"{key} asked", None)
    files = [file for tile in tiles for file in tile.files]
    data = {
        "html": "".join(map(_item, tiles)),
        "across": across,
        "free": across - (len(tiles) - 1) % across,
        "file": answer(files, told),
    }
    _element()(key=key, data=data, on_asked_change=asked)


def answer(files: Sequence[File], told: Any) -> dict[str, Any] | None:
    """What the browser gets for what it told: the file it asked for, in Base64, if there is one."""
    if not isinstance(told, Mapping) or not isinstance(at := told.get("at"), int):
        return None
    file = next((each for each in files if each.name == told.get("file")), None)
    if file is None:
        return None
    body = b64encode(file.make()).decode()
    return {"at": at, "name": file.name, "kind": file.kind, "body": body}


def _item(tile: Tile) -> str:
    buttons = "".join(_button(tile, file) for file in tile.files)
    return f'<li>{tile.html}<p class="saves">{buttons}</p></li>'


def _button(tile: Tile, file: File) -> str:
    whole = f"{file.label}: {tile.title}" if tile.title else file.label
    return (
        f'<button type="button" data-save="{escape(file.name)}" aria-label="{escape(whole)}">'
        f"{_ICON}{escape(file.label)}</button>"
    )


@cache
def _element() -> Any:
    # Read when it is first drawn: importing a module does nothing.
    return st.components.v2.component(
        "cards",
        html='<ul class="cards"></ul>\n',
        css=(_HERE / "cards.css").read_text(encoding="utf-8"),
        js=(_HERE / "cards.js").read_text(encoding="utf-8"),
    )
