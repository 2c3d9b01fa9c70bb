"""What all charts have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ttt.errors import ProviderEmpty, ProviderNonsense
from ttt.found import Chart, Charted
from ttt.providers.http import Client

_LONGEST_TEXT = 300
_LONGEST_ADDRESS = 500


class PublicChart(ABC):
    """A chart at a base address; `why_off` is a sentence when it cannot be asked."""

    chart: Chart
    why_off: str | None = None

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url

    @abstractmethod
    def fetch(self) -> list[Charted]:
        """Make one request; the first is on top. Raises ProviderError."""


def usable(
    source: str, rows: object, read: Callable[[dict[str, Any]], Charted | None]
) -> list[Charted]:
    """The rows that have a title and an artist, in their order and with their ranks.

    ProviderEmpty when there are no rows, ProviderNonsense when none can be used.
    """
    if not isinstance(rows, list):
        raise ProviderNonsense(source)
    if not rows:
        raise ProviderEmpty(source)
    found = [
        replace(entry, rank=rank)
        for rank, row in enumerate(rows, start=1)
        if isinstance(row, dict) and (entry := read(row)) is not None
    ]
    if not found:
        raise ProviderNonsense(source)
    return found


def charted(
    title: object,
    artist: object,
    *,
    plays: float | None = None,
    cover_url: object = None,
    link: object = None,
) -> Charted | None:
    """An entry, None unless title and artist are texts."""
    named, by = _text(title), _text(artist)
    if named is None or by is None:
        return None
    return Charted(named, by, plays, cover_url=_address(cover_url), link=_address(link))


def field(row: dict[str, Any], *path: str) -> object:
    """A value within objects within each other, None where there is none."""
    found: object = row
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(value.split())[:_LONGEST_TEXT] or None


def _address(value: object) -> str | None:
    text = _text(value)
    if text is None or len(text) > _LONGEST_ADDRESS or text != value:
        return None
    return text if _is_https(text) else None


def _is_https(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)
