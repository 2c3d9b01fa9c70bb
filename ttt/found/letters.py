"""How the letters of a file may be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding by Python's name, its name for people, and some names as it would read them."""

    encoding: str
    label: str
    samples: tuple[str, ...]
