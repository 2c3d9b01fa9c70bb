"""Recommends tracks that sound like others, from what this server knows and without any request."""

import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any

import numpy as np

from ttt import music
from ttt.found import Kind, Source
from ttt.music import Measure
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.sound.harmonic import KEY_REACH, TEMPO_REACH
from ttt.services.sound.index import COLUMNS, Floats, SoundIndex
from ttt.services.tracks import takeaways
from ttt.services.tracks.captions import number
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import sources
from ttt.store.tracks import sound
from ttt.store.tracks.sound import Stamp

# Whether anything changed is looked up no more often: look-ups save values many times a second.
_FRESH_FOR = timedelta(minutes=1)
_SAME_TEMPO = 0.02
_LONGEST_TITLE = 26


@dataclass(slots=True)
class _Shelf:
    """The index of a database, with what it was made of and when that was last looked up."""

    lock: Lock = field(default_factory=Lock)
    index: SoundIndex | None = None
    made_of: tuple[Stamp, tuple[Source, ...]] | None = None
    checked_at: datetime | None = None


def like(context: Context, seed: TrackRow, count: int, without: Collection[str] = ()) -> list[str]:
    """Spotify ids of the tracks that sound most like one, the nearest first, itself left out.

    None are found for a track without energy, valence or tempo.
    """
    values = {name: seed.number(name) for name in COLUMNS}
    itself = seed.uri.rpartition(":")[2]
    return index(context).nearest(values, count, {*without, itself})


def index(context: Context) -> SoundIndex:
    """All tracks in the store and the catalogue; made anew only after values have changed.

    Whoever asks first after a change waits for it: about a second for 100,000 tracks.
    """
    shelf, now = _shelf(context.settings.database, context.settings.catalogue_file), context.now()
    with shelf.lock:
        if shelf.index is None or shelf.checked_at is None or now - shelf.checked_at >= _FRESH_FOR:
            order = sources.order(context, Kind.FEATURES)
            with context.session() as session:
                made_of = sound.stamp(session), order
                if shelf.index is None or shelf.made_of != made_of:
                    stored = sound.features(session, COLUMNS)
                    shelf.index = _made(context, stored, order)
            shelf.made_of, shelf.checked_at = made_of, now
        return shelf.index


def why(seed: TrackRow, row: TrackRow) -> str:
    """What makes one track follow from another: "like Creep: similar tempo, same key, sadder"."""
    return _why(f"like {_short(seed)}", seed, row)


def closest(seed: TrackRow, row: TrackRow) -> str:
    """The track that is nearest and why: "Closest is Creep: similar tempo, same key, sadder"."""
    return _why(f"Closest is {_short(row)}", seed, row)


def _why(named: str, seed: TrackRow, row: TrackRow) -> str:
    words = ", ".join(_words(seed, row))
    return f"{named}: {words}" if words else named


def _short(row: TrackRow) -> str:
    return textwrap.shorten(row.title or row.uri, _LONGEST_TITLE, placeholder="…")


def _words(seed: TrackRow, row: TrackRow) -> Iterator[str]:
    tempo, its_tempo = number(seed, Measure.TEMPO), number(row, Measure.TEMPO)
    if tempo is not None and its_tempo is not None:
        yield _tempo_word(tempo, its_tempo)
    if seed.key is not None and row.key is not None:
        steps = music.key_distance(seed.key, row.key)
        if steps <= KEY_REACH:
            yield "neighbouring key" if steps else "same key"
    moods = [_mood_word(seed, row, measure) for measure in (Measure.VALENCE, Measure.ENERGY)]
    yield from filter(None, moods)
    if moods == ["", ""]:
        yield "same mood"


def _tempo_word(tempo: float, other: float) -> str:
    step = music.tempo_step(tempo, other)
    if step > TEMPO_REACH:
        return "faster" if other > tempo else "slower"
    if not 0.7 < other / tempo < 1.4:
        return "double tempo" if other > tempo else "half tempo"
    return "same tempo" if step <= _SAME_TEMPO else "similar tempo"


def _mood_word(seed: TrackRow, row: TrackRow, measure: Measure) -> str | None:
    """How the row's measure differs, "" where it does not, None where it is not known."""
    value, its_value = number(seed, measure), number(row, measure)
    if value is None or its_value is None:
        return None
    return takeaways.comparison(measure, its_value, value) or ""


@lru_cache(maxsize=2)
def _shelf(_database: str, _catalogue: object) -> _Shelf:
    return _Shelf()


def _made(context: Context, stored: Sequence[Sequence[Any]], order: Sequence[Source]) -> SoundIndex:
    """Of each value the first source in the order of belief, as lists show it."""
    by_source: dict[str, tuple[list[str], list[Sequence[Any]]]] = {}
    for spotify_id, source, *numbers in stored:
        ids, values = by_source.setdefault(source, ([], []))
        ids.append(spotify_id)
        values.append(numbers)
    if Source.CATALOGUE in order:
        by_source[Source.CATALOGUE] = _catalogue(context)
    # What people set by hand is theirs alone, and an upload's numbers are nobody's.
    believed = [by_source[source] for source in order if source in by_source]
    every = list(dict.fromkeys(spotify_id for ids, _ in believed for spotify_id in ids))
    places = {spotify_id: place for place, spotify_id in enumerate(every)}
    table: Floats = np.full((len(every), len(COLUMNS)), np.nan, dtype=np.float32)
    for ids, values in reversed(believed):
        rows = [places[spotify_id] for spotify_id in ids]
        said = np.array(values, dtype=np.float32).reshape(-1, len(COLUMNS))
        table[rows] = np.where(np.isnan(said), table[rows], said)
    return SoundIndex(every, table)


def _catalogue(context: Context) -> tuple[list[str], list[Sequence[Any]]]:
    """All of it: what of it is stored says the same."""
    tracks = Catalogue.load(context.settings.catalogue_file).tracks()
    numbers = attrgetter(*COLUMNS)
    told = [(t.spotify_id, numbers(t.features)) for t in tracks if t.features is not None]
    return [spotify_id for spotify_id, _ in told], [values for _, values in told]
