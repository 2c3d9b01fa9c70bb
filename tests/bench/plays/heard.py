"""People who have heard a great deal, put straight into a server's database.

One person's plays are made and judged as any others; `straight` writes what pages read, the columns
of each year, and for all who heard the same the database copies those: to tell a million plays too
would take minutes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text
from sqlmodel import Session

from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.plays import Counts, Device, PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.deriving import deriving, pages
from ttt.store.plays import told
from ttt.store.plays.derived import pages as stored
from ttt.store.plays.judged import Columns
from ttt.store.tracks import tracks

_YEARS = 10
_SEED = 20260211
_A_BATCH = 50_000
_BREAKS = 0.08
_PLAY_FROM = 30_000
_GENRES = ("rock", "folk", "jazz", "soul", "punk", "house", "dub", "ska", "pop", "metal", "rap")
_ADD = (
    "INSERT INTO play (user_id, told_at, track_id, source, started_at, ms, how, device, upload_id,"
    " counts) VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, 0)"
)
_SAME_PAGES = (
    "INSERT INTO play_page (user_id, year, revision, plays, data)"
    " SELECT :other, year, revision, plays, data FROM play_page WHERE user_id = :one"
)


class Heard(NamedTuple):
    """Plays as columns, ascending: begin in seconds of UTC, id of the track, milliseconds."""

    started: NDArray[np.int64]
    track: NDArray[np.int64]
    ms: NDArray[np.int64]


def much(context: Context, person: Person, plays: int) -> None:
    """So many plays up to now, over ten years, of one track for every twenty, 20,000 at most."""
    with context.session() as session:
        ids = _tracks(session, min(plays // 20, 20_000), context.now())
        _add(session, person.id, made(plays, ids, context.now()))
        told.touch(session, person.id)
        session.commit()
    deriving.derive(context, person.id, whole=True)


def straight(context: Context, person: Person, plays: int) -> None:
    """The same as pages have it, without a told play behind them."""
    with context.session() as session:
        ids = _tracks(session, min(plays // 20, 20_000), context.now())
        columns = _columns(made(plays, ids, context.now()))
        years = np.unique(pages.years(columns.started)).tolist()
        stored.save(
            session, [pages.made(person.id, year, columns, columns.counts) for year in years]
        )
        told.touch(session, person.id)
        session.commit()


def _columns(plays: Heard) -> Columns:
    count = len(plays.started)
    nothing = np.zeros(count, np.uint16)
    return Columns(
        told=plays.started + plays.ms // 1_000,
        track=plays.track.astype(np.int32),
        source=np.full(count, int(PlaySource.SPOTIFY_HISTORY), np.uint8),
        started=plays.started,
        ms=plays.ms.astype(np.int32),
        how=nothing,
        device=_devices(plays).astype(np.uint8),
        counts=np.where(plays.ms >= _PLAY_FROM, Counts.PLAY, Counts.SKIP).astype(np.uint8),
        upload=nothing.astype(np.int32),
    )


def made(plays: int, ids: NDArray[np.int64], now: datetime) -> Heard:
    """Plays of the tracks with these ids; the same ones at each call."""
    chance = np.random.default_rng(_SEED)
    whole = chance.random(plays) < 0.8
    ms = np.where(whole, chance.integers(120_000, 300_000, plays), chance.integers(0, 29_000))
    seconds = ms // 1_000
    started = _ends(chance, seconds + 1, now) - seconds
    place = (len(ids) * chance.random(plays) ** 3).astype(np.int64)
    # Tastes move on: what leads changes from month to month.
    return Heard(started, ids[(place + started // 2_629_800 * 37) % len(ids)], ms)


def the_same(context: Context, one: Person, others: list[Person]) -> None:
    """Let others have heard what one has."""
    for other in others:
        with context.session() as session:
            session.connection().execute(text(_SAME_PAGES), {"one": one.id, "other": other.id})
            told.touch(session, other.id)
            session.commit()


def _tracks(session: Session, count: int, at: datetime) -> NDArray[np.int64]:
    """Made-up tracks of which three quarters have values; their ids."""
    found = [_track(n) for n in range(count)]
    by_id = tracks.save(session, found, Source.CATALOGUE, at)
    return np.array([by_id[track.spotify_id] for track in found], np.int64)


def _track(n: int) -> FoundTrack:
    part = n * 7919 % 1_000 / 1_000
    features = FoundFeatures(part, 1 - part, 70 + 100 * part, n % 12, n % 2)
    return FoundTrack(
        f"{n:022}",
        f"Made-up Song {n}",
        (FoundArtist(f"Invented Artist {n % 3_000}", f"{n % 3_000:022}"),),
        album=f"Album of Nothing {n % 9_000}",
        release_date=f"{1970 + n % 55}",
        duration_ms=210_000,
        popularity=float(n % 100),
        genres=(_GENRES[n % len(_GENRES)], _GENRES[n // 7 % len(_GENRES)]) if n % 5 else (),
        features=features if n % 4 else None,
    )


def _ends(
    chance: np.random.Generator, lengths: NDArray[np.int64], now: datetime
) -> NDArray[np.int64]:
    """Sittings: most plays follow the one before at once, some come hours later."""
    count = len(lengths)
    free = _YEARS * 365 * 86_400 - int(lengths.sum())
    later = chance.random(count) < _BREAKS
    pauses = np.where(later, chance.exponential(free / count / _BREAKS, count), 3)
    times = np.cumsum(lengths + pauses.astype(np.int64))
    end = int((now - timedelta(hours=1)).astimezone(UTC).timestamp())
    found: NDArray[np.int64] = times + end - times[-1]
    return found


def _add(session: Session, user_id: int, plays: Heard) -> None:
    connection = session.connection()
    source = int(PlaySource.SPOTIFY_HISTORY)
    for rows in _batches(*plays, _devices(plays)):
        connection.exec_driver_sql(
            _ADD,
            [(user_id, at + ms // 1_000, id_, source, at, ms, dev) for at, id_, ms, dev in rows],
        )


def _devices(plays: Heard) -> NDArray[np.int64]:
    """Phone, computer or web player, another each day."""
    return plays.started // 86_400 % 3 + Device.PHONE


def _batches(*columns: NDArray[np.int64]) -> Iterator[list[tuple[int, ...]]]:
    for begin in range(0, len(columns[0]), _A_BATCH):
        part = (column[begin : begin + _A_BATCH].tolist() for column in columns)
        yield list(zip(*part, strict=True))
