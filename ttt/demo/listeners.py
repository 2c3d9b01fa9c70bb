"""The demo listeners: who can be chosen on the consent page, and what they like."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Listener:
    """A person made up: `genres` are shares of what they play, the rest is where they lean.

    Energy and valence are 0-1, tempo in BPM; `taste` is the line shown on the consent page.
    """

    id: str
    name: str
    taste: str
    energy: float
    valence: float
    tempo: float
    genres: Mapping[str, float] = field(repr=False)


LISTENERS = (
    Listener(
        "ada",
        "Ada",
        "Rock and metal, loud and fast",
        energy=0.80,
        valence=0.50,
        tempo=130,
        genres={"rock": 0.50, "metal": 0.40, "hip-hop": 0.10},
    ),
    Listener(
        "ben",
        "Ben",
        "Country and rock ballads, in no hurry",
        energy=0.45,
        valence=0.50,
        tempo=100,
        genres={"country": 0.65, "rock": 0.35},
    ),
    Listener(
        "chiara",
        "Chiara",
        "Deep house, bright, steady at 123 BPM",
        energy=0.75,
        valence=0.70,
        tempo=123,
        genres={"deep-house": 0.75, "hip-hop": 0.15, "dubstep": 0.10},
    ),
    Listener(
        "deniz",
        "Deniz",
        "Hip-hop, relaxed beats, darker moods",
        energy=0.55,
        valence=0.35,
        tempo=95,
        genres={"hip-hop": 0.80, "deep-house": 0.12, "metal": 0.08},
    ),
    Listener(
        "emi",
        "Emi",
        "Dubstep and metal, fast, rarely cheerful",
        energy=0.90,
        valence=0.30,
        tempo=148,
        genres={"dubstep": 0.65, "metal": 0.25, "deep-house": 0.10},
    ),
)


def listener(listener_id: str) -> Listener | None:
    """The listener with this id."""
    return next((person for person in LISTENERS if person.id == listener_id), None)
