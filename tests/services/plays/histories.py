"""Made-up histories, told play by play, and the frames that are built of them."""

import io
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pyarrow as pa

from ttt.plays import Device, How, PlaySource
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, build

# Clocks that change at two, at midnight, by half an hour, twice within a month, and never.
ZONES = (
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "America/Havana",
)
_MODES = (How(0), How.SHUFFLE, How.OFFLINE, How.SHUFFLE | How.OFFLINE, How.SHUFFLE)
_DEVICES = (
    Device.PHONE,
    Device.CAR,
    Device.PHONE,
    Device.UNKNOWN,
    Device.DESKTOP,
    Device.PHONE,
    Device.TV,
)
SCHEMA = pa.schema(
    {
        "started": pa.int64(),
        "ms": pa.int32(),
        "track": pa.int32(),
        "source": pa.uint8(),
        "how": pa.uint16(),
        "play": pa.bool_(),
        "device": pa.uint8(),
    }
)


class Told(NamedTuple):
    """A play that counts, as the store's pages have it."""

    started: int
    ms: int | None
    track: int
    play: bool = True
    source: int = PlaySource.SPOTIFY_HISTORY
    how: int = 0
    device: int = Device.UNKNOWN


@dataclass(frozen=True, eq=False)
class History:
    """What somebody heard, in the order of time."""

    told: list[Told]
    tracks: list[PlayedTrack]
    zone: str = "Europe/Berlin"
    gaps: list[Gap] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """The same as columns."""
        return build(pages(self.told), self.tracks, self.zone, self.gaps)

    @cached_property
    def _by_id(self) -> dict[int, PlayedTrack]:
        return {track.id: track for track in self.tracks}

    @cached_property
    def _clock(self) -> dict[int, datetime]:
        zone = ZoneInfo(self.zone)
        starts = {told.started for told in self.told}
        return {at: datetime.fromtimestamp(at, zone).replace(tzinfo=None) for at in starts}

    def track(self, told: Told) -> PlayedTrack:
        """The track of a play."""
        return self._by_id[told.track]

    def at(self, told: Told) -> datetime:
        """What the wall clock said when it began."""
        return self._clock[told.started]

    def day(self, told: Told) -> date:
        """The day on which it began."""
        return self.at(told).date()

    def heard(self, told: Told) -> int:
        """Milliseconds, or the track's length where nobody knows."""
        if told.ms is not None:
            return told.ms
        return self.track(told).duration_ms or 0

    def recording(self, told: Told) -> object:
        """What it counts as."""
        track = self.track(told)
        return track.id if track.recording is None else ("joined", track.recording)


def pages(told: list[Told]) -> list[bytes]:
    """Pages of Arrow, a year each, as the store keeps them."""
    by_year: dict[int, list[Told]] = {}
    for play in told:
        by_year.setdefault(datetime.fromtimestamp(play.started, UTC).year, []).append(play)
    return [page(plays) for _, plays in sorted(by_year.items())]


def page(told: list[Told]) -> bytes:
    """One page."""
    columns = [
        *([t.started for t in told], [t.ms for t in told], [t.track for t in told]),
        *([t.source for t in told], [t.how for t in told], [t.play for t in told]),
        [t.device for t in told],
    ]
    arrays = [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)]
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, SCHEMA, options=options) as writer:
        writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=SCHEMA))
    return sink.getvalue()


def tracks(random_: random.Random, count: int = 24) -> list[PlayedTrack]:
    """Tracks of eight artists, some of one recording, some of which little is known."""
    genres = ("rock", "folk", "jazz", "soul", "punk", "house", "dub", "ska")
    found = []
    for n in range(1, count + 1):
        known = random_.random() < 0.75
        artist = f"Artist {n % 8}"
        found.append(
            PlayedTrack(
                id=n,
                title=f"Song {n}",
                artists=(artist, "Guest") if n % 5 == 0 else (artist,),
                uri=None if n % 11 == 0 else f"spotify:track:{n}",
                album=None if n % 7 == 0 else f"Album {n % 4}",
                recording={3: 3, 19: 3, 4: 4, 20: 4}.get(n),
                duration_ms=None if n % 9 == 0 else 120_000 + 1_000 * n,
                release_year=1990 + n if known else None,
                energy=round(random_.random(), 3) if known else None,
                valence=round(random_.random(), 3) if known else None,
                tempo=round(random_.uniform(60, 180), 1) if known else None,
                popularity=float(random_.randrange(100)) if known else None,
                key=random_.randrange(12) if known else None,
                mode=random_.randrange(2) if known else None,
                genres=tuple(random_.sample(genres, random_.randrange(0, 4))),
            )
        )
    return found


def made_up(seed: int = 1, zone: str = "Europe/Berlin", plays: int = 1_500) -> History:
    """Two and a half years up to 28 November 2018, in which some zones still changed clocks.

    A third of the plays are near changes of the clock; two gaps, private sessions, two sources.
    """
    random_ = random.Random(seed)
    begin, end = (
        int(datetime(*day, tzinfo=UTC).timestamp()) for day in ((2016, 5, 20), (2018, 11, 28))
    )
    changes = _changes(zone, begin, end) or [begin + 1]
    known = tracks(random_)
    gaps = [
        Gap(begin + 200 * 86_400 + 30_000, begin + 221 * 86_400 + 9_000, "token ended"),
        Gap(begin + 700 * 86_400 + 80_000, begin + 703 * 86_400 + 3_600, "off"),
        Gap(begin + 400 * 86_400, begin + 400 * 86_400 + 7_000, "short"),
    ]
    told: dict[int, Told] = {}
    while len(told) < plays:
        if random_.random() < 0.3:
            at = random_.choice(changes) + random_.randrange(-7_200, 7_200)
        else:
            at = random_.randrange(begin, end)
        if any(gap.start <= at < gap.end for gap in gaps):
            continue
        told[at] = _play(random_, at, known)
    return History([told[at] for at in sorted(told)], known, zone, gaps)


def _play(random_: random.Random, at: int, known: list[PlayedTrack]) -> Told:
    track = known[min(int(random_.expovariate(0.18)), len(known) - 1)]
    kind = random_.random()
    source = random_.choice([PlaySource.SPOTIFY_HISTORY, PlaySource.LASTFM])
    how = How.PRIVATE if random_.random() < 0.05 else 0
    device = Device.UNKNOWN
    if source is PlaySource.SPOTIFY_HISTORY:
        how |= _MODES[at % len(_MODES)]
        device = _DEVICES[at % len(_DEVICES)]
    ways = source, how, device
    if kind < 0.15:
        return Told(at, random_.randrange(0, 30_000), track.id, False, *ways)
    if kind < 0.35:
        return Told(at, None, track.id, True, *ways)
    return Told(at, random_.randrange(30_000, 260_000), track.id, True, *ways)


def _changes(zone: str, begin: int, end: int) -> list[int]:
    """Hours in which the clocks change."""
    clock = ZoneInfo(zone)
    hours = range(begin, end, 3_600)
    offsets = [datetime.fromtimestamp(hour, clock).utcoffset() for hour in hours]
    return [h for h, a, b in zip(hours[1:], offsets, offsets[1:], strict=False) if a != b]


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
