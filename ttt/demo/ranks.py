"""What each demo listener played most, week after week.

A track's affinity is a listener's taste for it plus a drift. Each track's drift is drawn anew
every DRIFT_WEEKS, in a week of its own, so that a few tracks change place from one week to the
next; it follows the listener's mood of that time, so that the periods sound different. Short term
is this week's affinity, medium and long term are its mean over the last 26 and 52 weeks.
From week to week some two tracks of the top 50 are new and not quite half of the ranks move.
"""

import hashlib
from collections import Counter
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ttt.demo.library import Artist, Library, Track
from ttt.demo.listeners import Listener

TOP = 100
WEEKS = {"short_term": 1, "medium_term": 26, "long_term": 52}
DRIFT_WEEKS = 29
_WHIM = 0.8
_DRIFT = 1.2
_MOOD = 0.5
_UNLOVED = 0.005

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def iso_week(moment: datetime) -> int:
    """Number of the ISO week, counted from the first Monday of the calendar."""
    return (moment.toordinal() - 1) // 7


@lru_cache(maxsize=64)
def top_tracks(
    library: Library, listener: Listener, time_range: str, week: int
) -> tuple[Track, ...]:
    """The TOP tracks in order; `time_range` is a key of WEEKS."""
    affinity = _taste(library, listener) + _drift(library, listener, week, WEEKS[time_range])
    best = np.argsort(-affinity, kind="stable")
    # Two halves of the tracks take turns: else one newcomer would move everyone below it.
    half = _standing(library, listener)[best] % 2
    turns = np.stack([best[half == 0][: TOP // 2], best[half == 1][: TOP // 2]], axis=1)
    return tuple(library.tracks[place] for place in turns.ravel())


@lru_cache(maxsize=64)
def top_artists(
    library: Library, listener: Listener, time_range: str, week: int
) -> tuple[Artist, ...]:
    """At most TOP artists in order: a track counts for each of its artists, by its rank."""
    points: Counter[Artist] = Counter()
    for rank, track in enumerate(top_tracks(library, listener, time_range, week)):
        points.update(dict.fromkeys(track.artists, TOP - rank))
    return tuple(artist for artist, _ in points.most_common(TOP))


def affinities(library: Library, listener: Listener, first: int, last: int) -> Floats:
    """What the lists of the weeks `first` to `last` are made from: weeks by tracks."""
    span = np.arange(first, last + 1)
    affinity: Floats = _taste(library, listener) + _drifts(library, listener, span)
    return affinity


@lru_cache(maxsize=16)
def _taste(library: Library, listener: Listener) -> Floats:
    tracks = library.tracks
    shares = np.array([listener.genres.get(track.genre, _UNLOVED) for track in tracks])
    popularity = np.array([track.popularity for track in tracks])
    ideal = np.array([listener.energy, listener.valence, listener.tempo])
    distance = (_sound(library) - ideal) / [0.20, 0.25, 30.0]
    whim = chance(listener, "taste").normal(0, _WHIM, len(tracks))
    taste: Floats = np.log(shares) - (distance**2).sum(axis=1) / 2 + popularity / 40 + whim
    return taste


def _standing(library: Library, listener: Listener) -> Ints:
    """Place of each track in the listener's taste, from 0."""
    return np.argsort(np.argsort(-_taste(library, listener), kind="stable"), kind="stable")


@lru_cache(maxsize=4)
def _sound(library: Library) -> Floats:
    return np.array([(track.energy, track.valence, track.tempo) for track in library.tracks])


def _drift(library: Library, listener: Listener, week: int, weeks: int) -> Floats:
    """Mean drift of each track over the last weeks."""
    span = np.arange(week - weeks + 1, week + 1)
    mean: Floats = _drifts(library, listener, span).mean(axis=0)
    return mean


def _drifts(library: Library, listener: Listener, span: Ints) -> Floats:
    """Drift of each track in each week of a span."""
    # Neighbours in taste change in different weeks, so that about as many change each week.
    own_week = _standing(library, listener) % DRIFT_WEEKS
    draw = (span[:, None] + own_week) // DRIFT_WEEKS
    return _draws(listener, draw) + _mood(library, listener, draw * DRIFT_WEEKS - own_week)


def _draws(listener: Listener, draw: Ints) -> Floats:
    """Chance, by number of the draw (weeks by tracks)."""
    first, tracks = int(draw.min()), draw.shape[1]
    numbers = range(first, int(draw.max()) + 1)
    drifts = [chance(listener, f"draw {n}").normal(0, _DRIFT, tracks) for n in numbers]
    drawn: Floats = np.stack(drifts)[draw - first, np.arange(tracks)]
    return drawn


def _mood(library: Library, listener: Listener, drawn_in: Ints) -> Floats:
    """What the mood of the week of a draw adds: energy, valence and tempo swing over a year."""
    sound = _sound(library)
    lean = (sound - sound.mean(axis=0)) / sound.std(axis=0)
    phases = chance(listener, "mood").uniform(0, 2 * np.pi, 3)
    swings = np.sin(2 * np.pi * drawn_in[..., None] / 52 + phases)
    mood: Floats = _MOOD * (swings * lean).sum(axis=2)
    return mood


def chance(listener: Listener, purpose: str) -> np.random.Generator:
    """Chance that is the same in every process, for one purpose of one listener."""
    # PCG64 by name: a later default_rng may be another generator.
    seed = hashlib.sha256(f"{listener.id} {purpose}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(seed)))
