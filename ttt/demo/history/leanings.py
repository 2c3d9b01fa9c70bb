"""How much each demo listener wants each track in each week: the drift of the lists, and a life.

On top of the affinity that the lists are made from, tastes in genres turn over the years, summers
are brighter than winters, what is new is played more and often wears off, single tracks become
obsessions, and forgotten ones come back. A week depends on itself and on weeks before it only, so
that what was once played stays so.
"""

import numpy as np

from ttt.demo.library import Library
from ttt.demo.listeners import Listener
from ttt.demo.ranks import Floats, Ints, affinities, chance

_SHARPNESS = 0.8
_KNOWN = 90
_CURIOUS = 3  # weeks until one track more stands near enough to be met
_BY_CHANCE = 700  # weeks until a track is met by chance, in the mean
_TURN = 0.55
_SEASON = 0.55
_NEW = 1.8
_LEAVES = 0.55
_OBSESSION_WEEKS = 7
_COMEBACK_WEEKS = 11
_WEEKS_A_YEAR = 52.1775


def weights(library: Library, listener: Listener, first: int, last: int) -> tuple[Floats, Ints]:
    """Weights of the tracks in each week from `first`, and since which row each track is known."""
    wanted = affinities(library, listener, first, last)
    years = (np.arange(first, last + 1)) / _WEEKS_A_YEAR
    wanted = wanted + _genres(library, listener, years) + _seasons(library, years)
    known = _known(listener, wanted)
    age = np.arange(len(wanted))[:, None] - known
    wanted = _SHARPNESS * (wanted + _freshness(listener, age))
    weight: Floats = np.where(age >= 0, np.exp(wanted - wanted.max(axis=1, keepdims=True)), 0.0)
    _obsessions(listener, weight, first)
    _comebacks(listener, weight, known, first)
    return weight, known


def _known(listener: Listener, wanted: Floats) -> Ints:
    """The first week in which a track stood high enough to be met, or was met by chance."""
    weeks, tracks = wanted.shape
    near = _KNOWN + np.arange(weeks) // _CURIOUS
    high = np.sort(wanted, axis=1)[np.arange(weeks), np.maximum(tracks - 1 - near, 0)]
    met = wanted >= high[:, None]
    first = np.where(met.any(axis=0), met.argmax(axis=0), weeks)
    by_chance = np.floor(chance(listener, "radio").exponential(_BY_CHANCE, tracks))
    known: Ints = np.minimum(first, by_chance).astype(np.int64)
    return known


def _genres(library: Library, listener: Listener, years: Floats) -> Floats:
    """The turn of taste towards genres, drawn for each year and gone through slowly."""
    names = sorted({track.genre for track in library.tracks})
    genre = np.array([names.index(track.genre) for track in library.tracks])
    whole = np.arange(int(years[0]), int(years[-1]) + 2)
    turns = np.stack([chance(listener, f"year {y}").normal(0, _TURN, len(names)) for y in whole])
    smooth = np.stack([np.interp(years, whole, turn) for turn in turns.T], axis=1)
    turned: Floats = smooth[:, genre]
    return turned


def _seasons(library: Library, years: Floats) -> Floats:
    """Bright and driving tracks in summer, dark and calm ones in winter."""
    bright = np.array([track.energy + track.valence for track in library.tracks])
    lean = (bright - bright.mean()) / bright.std()
    # Weeks are counted from the first of January of the year 1.
    summer = -np.cos(2 * np.pi * (years - 0.05))
    season: Floats = _SEASON * summer[:, None] * lean
    return season


def _freshness(listener: Listener, age: Ints) -> Floats:
    """More for what is new; some stay afterwards, others leave within months."""
    leaves = chance(listener, "leaves").random(age.shape[1]) < _LEAVES
    grown = np.maximum(age, 0)
    fresh: Floats = _NEW * np.exp(-grown / 4) - 2.4 * leaves * (1 - np.exp(-grown / 25))
    return fresh


def _obsessions(listener: Listener, weight: Floats, first: int) -> None:
    """Now and then a track of the favourites is played over and over, and is tired of then."""
    for number, row in _slots(first, len(weight), _OBSESSION_WEEKS):
        draw = chance(listener, f"obsession {number}")
        place, share, weeks = int(draw.integers(40)), draw.uniform(0.06, 0.22), draw.integers(1, 4)
        start = row + int(draw.integers(_OBSESSION_WEEKS - 3))
        if draw.random() < 0.75 and start < len(weight):
            track = int(np.argsort(-weight[start], kind="stable")[place])
            _raise(weight, start, int(weeks), track, share)
            weight[start + weeks : start + weeks + 10, track] *= 0.35


def _comebacks(listener: Listener, weight: Floats, known: Ints, first: int) -> None:
    """Now and then one that nearly went out of mind comes back."""
    for number, row in _slots(first, len(weight), _COMEBACK_WEEKS):
        draw = chance(listener, f"comeback {number}")
        chosen = draw.random(weight.shape[1])
        quiet = (known < row - 60) & (weight[max(row, 0)] < np.median(weight[max(row, 0)]))
        if quiet.any() and row >= 0:
            track = int(np.argmax(np.where(quiet, chosen, -1.0)))
            _raise(weight, row, 3, track, draw.uniform(0.02, 0.05))
            _raise(weight, row + 3, 8, track, 0.008)


def _slots(first: int, weeks: int, every: int) -> list[tuple[int, int]]:
    """Numbers of the spans of `every` weeks that begin here, and the rows they begin at."""
    numbers = range(-(-first // every), (first + weeks - 1) // every + 1)
    return [(number, number * every - first) for number in numbers]


def _raise(weight: Floats, start: int, weeks: int, track: int, share: float) -> None:
    """Give a track a share of all plays for some weeks."""
    rows = weight[start : start + weeks]
    rows[:, track] += share / (1 - share) * rows.sum(axis=1)
