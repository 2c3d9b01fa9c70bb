"""The field's words: measures, keys, the Camelot wheel, moods and tempo names.

Pure functions over plain numbers; imports nothing of the project.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import log2

PITCH_CLASSES = ("C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
# Fewest accidentals: D♭ major has five, C♯ major seven; for minor keys it is the other way.
_MINOR_TONICS = {1: "C♯", 8: "G♯"}
MODES = ("minor", "major")
_CAMELOT_OF_C_MAJOR = 8


class Measure(StrEnum):
    """What the charts show of a track; popularity 0-100, energy and valence 0-1, tempo in BPM."""

    POPULARITY = "popularity"
    ENERGY = "energy"
    VALENCE = "valence"
    TEMPO = "tempo"


class Period(StrEnum):
    """Spotify's time ranges, named as its API names them."""

    SHORT_TERM = "short_term"
    MEDIUM_TERM = "medium_term"
    LONG_TERM = "long_term"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return _PERIOD_LABELS[self]


_PERIOD_LABELS = {
    Period.SHORT_TERM: "Last 4 weeks",
    Period.MEDIUM_TERM: "Last 6 months",
    Period.LONG_TERM: "Last year",
}
ENERGY_WORDS = ("Subdued", "Low energy", "Middling", "Upbeat", "High energy")
MOODS = ("Depressed", "Sad", "Calm", "Happy", "Energetic")
TEMPO_NAMES = (
    (60.0, "Largo"),
    (76.0, "Adagio"),
    (108.0, "Andante"),
    (120.0, "Moderato"),
    (168.0, "Allegro"),
    (200.0, "Presto"),
)

# What a lesser and a greater value is called, and from where on a difference is clear.
LESS_AND_MORE = {
    Measure.POPULARITY: ("less known", "better known"),
    Measure.ENERGY: ("calmer", "more intense"),
    Measure.VALENCE: ("sadder", "happier"),
    Measure.TEMPO: ("slower", "faster"),
}
_CLEAR = {
    Measure.POPULARITY: 10.0,
    Measure.ENERGY: 0.1,
    Measure.VALENCE: 0.1,
    Measure.TEMPO: 10.0,
}
WORTH_A_WORD = 0.25
"""The least clear steps that are called a difference at all."""


def clear_steps(measure: Measure, difference: float) -> float:
    """A difference in steps that one hears: 2 for 20 BPM."""
    return difference / _CLEAR[measure]


def comparative(measure: Measure, difference: float) -> str:
    """What a difference makes of a measure: "happier", "slower"."""
    return LESS_AND_MORE[measure][difference > 0]


def written(measure: Measure, value: float) -> str:
    """Value of a measure as people read it, with its unit: "72", "0.71" or "124 BPM"."""
    if measure in {Measure.ENERGY, Measure.VALENCE}:
        return f"{value:.2f}"
    return f"{value:.0f} BPM" if measure is Measure.TEMPO else f"{value:.0f}"


def energy_word(energy: float) -> str:
    """Word for an energy of 0-1, in steps of 0.2."""
    return ENERGY_WORDS[fifth(energy)]


def mood(valence: float) -> str:
    """Mood for a valence of 0-1, in steps of 0.2."""
    return MOODS[fifth(valence)]


def fifth(value: float) -> int:
    """Which fifth of the scale from 0 to 1 a value lies in, 0 to 4."""
    # Rounded first: 0.6 * 5 is 3.0000000000000004 or 2.9999999999999996 by platform.
    return max(0, min(4, int(round(value * 5, 9))))


def tempo_name(bpm: float) -> str:
    """Italian name of a tempo in BPM, such as "Andante"."""
    return next((name for limit, name in TEMPO_NAMES if bpm < limit), "Prestissimo")


def key_name(key: int, mode: int) -> str:
    """Key as musicians write it: key is the pitch class 0-11, mode 0 minor or 1 major."""
    tonic = PITCH_CLASSES[key] if mode else _MINOR_TONICS.get(key, PITCH_CLASSES[key])
    return f"{tonic} {MODES[mode]}"


def camelot(key: int, mode: int) -> str:
    """Camelot code such as "8B" for C major; 7 semitones up is one hour on the wheel."""
    major = key if mode == 1 else (key + 3) % 12
    hour = (_CAMELOT_OF_C_MAJOR + 7 * major - 1) % 12 + 1
    return f"{hour}{'B' if mode == 1 else 'A'}"


def key_distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Steps between two (key, mode) on the Camelot wheel, 0-7: hours, and one to the other ring.

    Keys at most one step apart share all but one of their notes and mix well.
    """
    hours = abs(int(camelot(*one)[:-1]) - int(camelot(*other)[:-1]))
    return min(hours, 12 - hours) + (one[1] != other[1])


def tempo_step(one: float, other: float) -> float:
    """How far two tempos are apart, as a share of the slower: 0.08 from 100 to 108 BPM.

    Half and double are no step, as every second beat falls together; so none exceeds 0.42.
    """
    octaves = log2(other / one)
    return float(2 ** abs(octaves - round(octaves)) - 1)


def camelot_wheel() -> list[tuple[str, int, int]]:
    """All 24 (code, key, mode), by hour and inner ring (minor) first."""
    codes = [(camelot(key, mode), key, mode) for key in range(12) for mode in (0, 1)]
    return sorted(codes, key=lambda c: (int(c[0][:-1]), c[0][-1]))


def median(values: Sequence[float]) -> float | None:
    """Median of the known values, None when there is none."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
