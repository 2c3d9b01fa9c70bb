"""Plays as sources tell them: what parsers and recorders make, services judge, and the store keeps.

It stands below all of them, so that none has to know another. Times are whole seconds of UTC.
"""

from enum import IntEnum, IntFlag, StrEnum
from typing import NamedTuple

import msgspec


class Sense(IntEnum):
    """What a source's time of a play means."""

    START = 1
    END = 2
    EITHER = 3
    MINUTE = 4
    """The end, cut to the whole minute."""
    START_MINUTE = 5
    """The start, cut to the whole minute."""
    DAY = 6
    """Some time of that day; plays of a day are told in order."""


class PlaySource(IntEnum):
    """Who told of a play; the numbers are kept in the database."""

    SPOTIFY_HISTORY = 1
    SPOTIFY_ACCOUNT_DATA = 2
    SPOTIFY_RECENT = 3
    LASTFM = 4
    LISTENBRAINZ = 5
    MALOJA = 6
    KOITO = 7
    PANO_SCROBBLER = 8
    SCROBBLER_LOG = 9
    STATS_TRACKER = 10
    OWN_TABLE = 11
    APPLE_MUSIC = 12
    YOUTUBE_MUSIC = 13
    SUBMITTED = 14

    @property
    def label(self) -> str:
        """Name shown to people."""
        return _LABELS[self]

    @property
    def sense(self) -> Sense:
        """What its times mean, where a row does not say otherwise."""
        return _SENSES.get(self, Sense.START)

    @property
    def is_spotifys(self) -> bool:
        """Whether it tells what Spotify itself says was played."""
        return self in _SPOTIFYS


_LABELS = {
    PlaySource.SPOTIFY_HISTORY: "Spotify history",
    PlaySource.SPOTIFY_ACCOUNT_DATA: "Spotify account data",
    PlaySource.SPOTIFY_RECENT: "Recorded from Spotify",
    PlaySource.LASTFM: "Last.fm",
    PlaySource.LISTENBRAINZ: "ListenBrainz",
    PlaySource.MALOJA: "Maloja",
    PlaySource.KOITO: "Koito",
    PlaySource.PANO_SCROBBLER: "Pano Scrobbler",
    PlaySource.SCROBBLER_LOG: "scrobbler.log",
    PlaySource.STATS_TRACKER: "SpotifyStatsTracker",
    PlaySource.OWN_TABLE: "your table",
    PlaySource.APPLE_MUSIC: "Apple Music",
    PlaySource.YOUTUBE_MUSIC: "YouTube Music",
    PlaySource.SUBMITTED: "your players",
}

_SENSES = {
    PlaySource.SPOTIFY_HISTORY: Sense.END,
    PlaySource.SPOTIFY_ACCOUNT_DATA: Sense.MINUTE,
    PlaySource.SPOTIFY_RECENT: Sense.EITHER,
    PlaySource.STATS_TRACKER: Sense.END,
}

_SPOTIFYS = {
    PlaySource.SPOTIFY_HISTORY,
    PlaySource.SPOTIFY_ACCOUNT_DATA,
    PlaySource.SPOTIFY_RECENT,
    PlaySource.STATS_TRACKER,
}


class How(IntFlag):
    """How a track was played, as far as its source says; kept in the database as one number."""

    SKIPPED = 1
    SHUFFLE = 2
    OFFLINE = 4
    PRIVATE = 8
    VIDEO = 16
    ENDED_BY_ITSELF = 32
    ENDED_BY_LISTENER = 64
    ENDED_OTHERWISE = 128


SENSE_SHIFT = 8
"""Above its flags, `how` in the database holds a row's Sense where its source's is another."""


class Device(IntEnum):
    """What a track was played on; kept in the database."""

    UNKNOWN = 0
    PHONE = 1
    DESKTOP = 2
    WEB = 3
    TV = 4
    SPEAKER = 5
    CAR = 6
    CONSOLE = 7


class Counts(IntEnum):
    """Whether a told play counts, and why not; derived, and derived again when more is told."""

    UNJUDGED = 0
    PLAY = 1
    SKIP = 2
    """Too short for a play; its time counts, and it shows in skip rates."""
    THERE_ALREADY = 3
    """Another source told the same play."""
    DOUBLE = 4
    """The same source told it twice."""
    IMPOSSIBLE = 5
    """The same track had begun anew before this could have been played."""
    OUTRANKED = 6
    """A full list of its source covers the time, and does not have it."""
    PERHAPS_THERE = 7
    """Another source seems to have told the same play: uncertain, so it does not count."""


class ToldPlay(msgspec.Struct, frozen=True, gc=False):
    """One play as a source told it, before anything is judged.

    `told_at` is the source's own time, `started_at` the best guess of the start where the source
    gives one; `ms` is how long it was played, None where the source only tells that it was.
    `row` is its place in the file (from 1). Where only the id is known, `title` is "" and `artists`
    are none.
    """

    told_at: int
    title: str
    artists: tuple[str, ...]
    started_at: int | None = None
    ms: int | None = None
    album: str | None = None
    spotify_id: str | None = None
    isrc: str | None = None
    mbid: str | None = None
    duration_ms: int | None = None
    how: int = 0
    device: int = 0
    country: str | None = None
    sense: int = 0
    """A Sense where the row knows better than its source, else 0."""
    row: int = 0
    source: int = 0
    """A PlaySource where the row knows better than its file (our own exports), else 0."""


class Kind(StrEnum):
    """What a row that is left out told of."""

    PODCAST = "podcast"
    AUDIOBOOK = "audiobook"
    NAMELESS = "nameless"
    """Nobody can know what it was."""
    VIDEO = "video"
    """A film or clip that is no music."""
    NO_PLAY = "no play"
    """An event of a player that is no play, such as a like."""


class WhyRefused(StrEnum):
    """Why a row could not be read; a sentence for people is its `words`."""

    UNREADABLE = "unreadable"
    TOO_LONG = "too long"
    CUT_OFF = "cut off"
    NO_ROW = "no row"
    NO_TIME = "no time"
    BAD_TIME = "bad time"
    FUTURE = "future"
    TOO_EARLY = "too early"
    BAD_LENGTH = "bad length"
    NO_TITLE = "no title"
    NO_ARTIST = "no artist"
    UNKNOWN_TRACK = "unknown track"
    BROKEN = "broken"
    LOST = "lost"
    LOCKED = "locked"
    TOO_MUCH = "too much"
    ZIP_INSIDE = "zip inside"

    @property
    def words(self) -> str:
        """The reason as people read it."""
        return _WHY[self]


_WHY = {
    WhyRefused.UNREADABLE: "this part of the file is damaged",
    WhyRefused.TOO_LONG: "the row is too long to be a play",
    WhyRefused.CUT_OFF: "the file ends in the middle of this row",
    WhyRefused.NO_ROW: "there is something else in the place of a play",
    WhyRefused.NO_TIME: "it says no time: it was still playing, or nobody wrote it down",
    WhyRefused.BAD_TIME: "its time cannot be understood",
    WhyRefused.FUTURE: "its time is in the future",
    WhyRefused.TOO_EARLY: "its time is before there was any such history",
    WhyRefused.BAD_LENGTH: "how long it was played is missing or cannot be true",
    WhyRefused.NO_TITLE: "it has no title",
    WhyRefused.NO_ARTIST: "it has no artist",
    WhyRefused.UNKNOWN_TRACK: "Spotify does not say what it was",
    WhyRefused.BROKEN: "the zip is damaged here: what came after it in this file is lost",
    WhyRefused.LOST: "the zip is damaged here: nothing of this file can be read",
    WhyRefused.LOCKED: "this file has a password: unpack it, and bring it by itself",
    WhyRefused.TOO_MUCH: "over 1 GB is unpacked by here: bring this file by itself",
    WhyRefused.ZIP_INSIDE: "this is packed once more: unpack it, and bring what is inside",
}
OF_A_FILE = frozenset(
    {WhyRefused.BROKEN, WhyRefused.LOST, WhyRefused.LOCKED, WhyRefused.TOO_MUCH}
    | {WhyRefused.ZIP_INSIDE}
)
"""Reasons that are about a whole file in a zip, or about all of it from a place on."""


class LeftOut(NamedTuple):
    """A row that is no music: a podcast, an audiobook, or something without a name."""

    row: int
    kind: Kind


class RefusedRow(NamedTuple):
    """A row that could not be read: its reason, and the harmless part of what it held."""

    row: int
    reason: WhyRefused
    text: str = ""
