"""A listening history: what bringing it, adding to it and reading it cost.

All in one process and in processor time, so that the figures are ratios of one run: the import to
parsing alone, a small change to judging all plays together.
"""

import io
import json
import random
import string
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event, Thread

import psutil

from tests.bench.plays import room
from ttt.chartdata import By, Of, Step
from ttt.plays import PlaySource, ToldPlay
from ttt.providers import history_files
from ttt.providers.history_files import HistoryFile, Part, Reading
from ttt.services.accounts import accounts
from ttt.services.context import Context, open_context, prepare
from ttt.services.person import Person
from ttt.services.plays.bringing import importing, uploads
from ttt.services.plays.bringing.reading import Held
from ttt.services.plays.bringing.uploads import PIECE, Upload
from ttt.services.plays.deriving import deriving
from ttt.services.plays.frame import loading
from ttt.services.plays.measures.charts.ranking import ranking
from ttt.services.plays.taking import Taker
from ttt.settings import Settings

ROWS, LONG = 100_000, 200_000
_TIMES, _TURNS = 3, 5
_START, _END = 1_451_606_400, 1_793_491_200  # 2016 to October 2026
_TRACKS, _ARTISTS, _A_FILE = 40_000, 6_000, 16_500
_MONTH, _WEEK = 2_629_800, 604_800
_FOLDER = "Spotify Extended Streaming History"
_LETTERS = string.ascii_letters + string.digits
_SEED = 20260211
BEFORE = _START - 52 * _WEEK
"""A start that is before all others: what is imported once, to load what that needs."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds to import ROWS plays and to bring them once more, each beside parsing them then."""

    first: float
    again: float
    parsed_then: tuple[float, float]

    @property
    def ratios(self) -> tuple[float, float]:
        """The first time and once more, to parsing alone."""
        then, later = self.parsed_then
        return self.first / then, self.again / later


@dataclass(frozen=True, slots=True)
class Bringing:
    """Turns, each on a database of its own; of another, memory above what was there and bytes
    on disk a play."""

    turns: tuple[Turn, ...]
    memory: int
    room: float


@dataclass(frozen=True, slots=True)
class Adding:
    """Seconds for somebody with LONG plays: judging all, small changes, reading the columns, and
    the slowest measure, the ranks of all weeks."""

    whole: float
    round: float
    one: float
    thousand: float
    columns: float
    ranks: float


def bringing(folder: Path) -> Bringing:
    """What a zip of ROWS plays costs, and another file with the same plays after it."""
    data, other = file(ROWS), file(ROWS, indent=1)
    turns = tuple(_turn(folder / str(number), data, other) for number in range(_TURNS))
    with somebody(folder / "watched") as (context, person), watched() as most:
        bring(context, person, data)
        return Bringing(turns, most[0], room.bytes_a_play(context))


def _turn(folder: Path, data: bytes, other: bytes) -> Turn:
    with somebody(folder) as (context, person):
        bring(context, person, file(2_000, start=BEFORE))  # loads what it needs
        first, parsed = _beside(context, person, data)
        again, parsed_later = _beside(context, person, other)
    return Turn(first, again, (parsed, parsed_later))


def _beside(context: Context, person: Person, data: bytes) -> tuple[float, float]:
    """Seconds to import, and to parse: file by file in turns, as a machine's pace changes."""
    parts, held = read(data).parts, Held()
    brought = list[Upload]()
    took = seconds(lambda: brought.append(upload(context, person, data)))
    took += seconds(lambda: importing.plan(context, brought[0].id))
    parsed = 0.0
    for number, part in enumerate(parts):
        through = partial(_through, part)
        parsed += seconds(through) / 2
        took += seconds(partial(importing.read, context, brought[0].id, number, held))
        parsed += seconds(through) / 2
    held.forget()
    took += seconds(lambda: importing.finish(context, brought[0].id))
    return took, parsed


def adding(folder: Path) -> Adding:
    """What somebody with LONG plays waits for when some more come in."""
    with somebody(folder) as (context, person):
        bring(context, person, file(LONG))
        whole = seconds(lambda: deriving.derive(context, person.id, whole=True))
        told = _Told(context, person)
        rounds = [seconds(lambda: told(50, PlaySource.SPOTIFY_RECENT)) for _ in range(_TIMES)]
        ones = [seconds(lambda: told(1, PlaySource.SUBMITTED)) for _ in range(_TIMES)]
        thousand = [seconds(lambda: told(1_000, PlaySource.SUBMITTED)) for _ in range(_TIMES)]
        columns = [seconds(lambda: loading.load(context, person)) for _ in range(_TIMES)]
        frames = [loading.load(context, person) for _ in range(_TIMES)]
        ranks = [seconds(partial(ranking, f, Of.TRACKS, By.PLAYS, Step.WEEK)) for f in frames]
    return Adding(whole, *map(median, (rounds, ones, thousand, columns, ranks)))


def file(rows: int, *, indent: int = 2, start: int = _START) -> bytes:
    """A made-up extended history as a zip; the same plays at each call, in bytes by the indent."""
    chance = random.Random(_SEED)
    ids = ["".join(chance.choices(_LETTERS, k=22)) for _ in range(_TRACKS)]
    at, step, rest = start, (_END - _START) / rows, range(rows)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(-(-rows // _A_FILE)):
            made = list[dict[str, object]]()
            for place in rest[number * _A_FILE : (number + 1) * _A_FILE]:
                gap = 0.1 if chance.random() < 0.92 else 10.35 * chance.expovariate(1)
                at += round(step * gap)
                track = int(_TRACKS * chance.random() ** 3) + (at - _START) // _MONTH * 97
                track %= _TRACKS
                made.append(_row(place, at, track, ids[track], chance))
            text = json.dumps(made, indent=indent)
            archive.writestr(f"{_FOLDER}/Streaming_History_Audio_{number}.json", text)
    return content.getvalue()


def _row(number: int, at: int, track: int, uri: str, chance: random.Random) -> dict[str, object]:
    ms = round(chance.uniform(120_000, 300_000) * (1 if chance.random() < 0.78 else 0.1))
    nothing = ("episode_name", "episode_show_name", "spotify_episode_uri", "audiobook_title")
    return {
        "ts": f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "platform": ("ios", "android", "Windows 10 (10.0.19045; x64)")[number // 900 % 3],
        "ms_played": ms,
        "conn_country": "DE",
        "ip_addr": f"192.0.2.{number % 250}",
        "master_metadata_track_name": f"Made-up Song {track} - Remastered",
        "master_metadata_album_artist_name": f"Invented Artist {track % _ARTISTS}",
        "master_metadata_album_album_name": f"Album of Nothing {track % 20_000}",
        "spotify_track_uri": f"spotify:track:{uri}",
        **dict.fromkeys(nothing),
        "reason_start": "trackdone",
        "reason_end": "trackdone" if ms >= 120_000 else "fwdbtn",
        "shuffle": bool(number % 3),
        "skipped": ms < 120_000,
        "offline": False,
        "offline_timestamp": at - ms // 1000,
        "incognito_mode": False,
    }


class _Told:
    """Plays that come in after the history, each time a week later."""

    def __init__(self, context: Context, person: Person) -> None:
        self._context, self._person, self._at = context, person, _END

    def __call__(self, count: int, source: PlaySource) -> None:
        self._at += _WEEK
        plays = [
            ToldPlay(self._at + 240 * n, f"Song {n}", (f"Band {n}",), duration_ms=230_000)
            for n in range(count)
        ]
        with self._context.session() as session:
            Taker(self._context, self._person.id, source).take(session, plays)
            session.commit()
        deriving.derive(self._context, self._person.id)


@contextmanager
def somebody(folder: Path, url: str = "") -> Iterator[tuple[Context, Person]]:
    """A new account on a new database: SQLite in this folder, or the empty one of a URL."""
    where = {"database_url": url} if url else {}
    context = open_context(Settings(_env_file=None, data_dir=folder, **where))
    prepare(context)
    operator = accounts.operator(context)
    yield context, accounts.add(context, operator, "importer", "correct horse battery")
    context.engine.dispose()


def parse(data: bytes) -> None:
    """Read all rows of a file and do nothing with them."""
    for part in read(data).parts:
        _through(part)


def read(data: bytes) -> Reading:
    """What is in a file."""
    given = [HistoryFile("my_spotify_data.zip", io.BytesIO(data))]
    return history_files.read(given, now=datetime(2027, 1, 1, tzinfo=UTC))


def _through(part: Part) -> None:
    for _ in part.blocks():
        pass


def bring(context: Context, person: Person, data: bytes) -> None:
    """Upload a file and import it."""
    importing.run(context, upload(context, person, data).id)


def upload(context: Context, person: Person, data: bytes) -> Upload:
    """Upload a file in pieces."""
    begun = uploads.begin(context, person, "my_spotify_data.zip", len(data))
    for number in range(-(-len(data) // PIECE)):
        piece = data[number * PIECE : (number + 1) * PIECE]
        begun = uploads.put(context, person, begun.id, number, piece)
    return begun


@contextmanager
def watched() -> Iterator[list[int]]:
    """How far the memory of this process rises above what it has now, looked at all the time."""
    process, over = psutil.Process(), Event()
    start, most = process.memory_info().rss, [0]

    def watch() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], process.memory_info().rss - start)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def seconds(action: Callable[[], object]) -> float:
    """Processor time of this process."""
    started = time.process_time()
    action()
    return time.process_time() - started
