"""Names that lead to pages of their own here: of tracks, artists and genres that were heard."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

# A name as it is shown, and the address of its page; "" where it has none.
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Heard:
    """What has a page: URIs of tracks, and names of artists."""

    tracks: Collection[str] = ()
    artists: Collection[str] = ()


NOTHING = Heard()


def track(uri: str) -> str:
    """Address of the page of a track."""
    return f"/track?id={uri.rpartition(':')[2]}"


def artist(name: str) -> str:
    """Address of the page of an artist."""
    return f"/artist?name={quote(name, safe='')}"


def genre(name: str) -> str:
    """Address of the page of a genre."""
    return f"/genre?name={quote(name, safe='')}"


def artists(names: Iterable[str], heard: Collection[str]) -> tuple[Name, ...]:
    """Artists, those that were heard with their pages."""
    return tuple((name, artist(name) if name in heard else "") for name in names)


def listed(text: str, heard: Collection[str]) -> tuple[Name, ...]:
    """Artists of a text that lists them by commas, which names may have as well."""
    return artists(_told_apart(text.split(", "), heard), heard) if text else ()


def _told_apart(parts: list[str], heard: Collection[str]) -> Iterator[str]:
    """The longest names that were heard; every other part by itself."""
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        end = next((n for n in ends if ", ".join(parts[at:n]) in heard), at + 1)
        yield ", ".join(parts[at:end])
        at = end


def html(names: Iterable[Name]) -> str:
    """The names, each a link where it has a page."""
    return ", ".join(map(_linked, names))


def _linked(name: Name) -> str:
    shown, link = escape(name[0]), escape(name[1])
    return f'<a href="{link}" target="_self"><bdi>{shown}</bdi></a>' if link else shown
