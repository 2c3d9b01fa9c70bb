"""Tracks that people name by artist and title instead of by a link."""

import re
from collections.abc import Iterable, Mapping

from ttt.services.context import Context
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.services.tables.receipt import Line, Refusal
from ttt.services.tracks import links

_DASH = re.compile(r"\s[-–—]\s")
_UNKNOWN = "No track of this artist and title was found: paste its link instead."
_NOT_HERE = "This artist and title are not known here: connect Spotify, or paste a link."


def split(text: str) -> Named | None:
    """Artist and title of a line such as "Radiohead - Creep", None for anything else."""
    artist, *title = (part.strip() for part in _DASH.split(text, maxsplit=1))
    if not (artist and title and title[0]) or links.leads_to_spotify(text):
        return None
    return Named(title[0], artist)


def find(
    context: Context, person: Person, named: Mapping[int, tuple[str, Named]]
) -> tuple[list[Line], list[Refusal]]:
    """Lines of the rows whose names mean a track, and refusals of the others.

    Asks Spotify about a few of those that are not known here, when the person is connected.
    """
    found = matching.match(context, person, [name for _, name in named.values()])
    asked = matching.spotify_answers(context, person)
    lines = [Line(n, text, found[name]) for n, (text, name) in named.items() if name in found]
    reason = _UNKNOWN if asked else _NOT_HERE
    refused = [Refusal(n, text, reason) for n, (text, name) in named.items() if name not in found]
    return lines, refused


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines as their rows stood."""
    return sorted(lines, key=lambda line: line.row)
