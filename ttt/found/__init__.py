"""What a provider found out, as plain data: providers make it, the store keeps it.

It stands below both, so that neither has to know the other. None means "not said".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ttt.found.charts import Chart, Charted, PlaysPeriod

__all__ = [
    "Chart",
    "Charted",
    "Device",
    "Finding",
    "FoundArtist",
    "FoundFeatures",
    "FoundPlaylist",
    "FoundTrack",
    "Kind",
    "NowPlaying",
    "PlaylistList",
    "PlaylistPage",
    "PlaysPeriod",
    "Reach",
    "SimilarTrack",
    "Source",
    "TrackPage",
    "Wanted",
]


class Source(StrEnum):
    """Where a value or a description came from, in the order in which sources are believed."""

    HAND = "hand"
    FILE = "file"
    SPOTIFY = "spotify"
    RECCOBEATS = "reccobeats"
    DEEZER = "deezer"
    CATALOGUE = "catalogue"
    LASTFM = "lastfm"
    MUSICBRAINZ = "musicbrainz"
    UPLOAD = "upload"
    DEMO = "demo"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return _LABELS[self]


_LABELS = {
    Source.HAND: "set by hand",
    Source.FILE: "your file",
    Source.SPOTIFY: "Spotify",
    Source.RECCOBEATS: "ReccoBeats",
    Source.DEEZER: "Deezer",
    Source.CATALOGUE: "catalogue, 2022",
    Source.LASTFM: "Last.fm",
    Source.MUSICBRAINZ: "MusicBrainz",
    Source.UPLOAD: "uploaded file",
    Source.DEMO: "demo Spotify",
}


@dataclass(frozen=True, slots=True)
class FoundArtist:
    """An artist; the catalogue knows names only."""

    name: str
    spotify_id: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFeatures:
    """Audio features in Spotify's units: key 0-11, mode 0/1, tempo BPM, loudness dB, else 0-1."""

    energy: float | None = None
    valence: float | None = None
    tempo: float | None = None
    key: int | None = None
    mode: int | None = None
    danceability: float | None = None
    acousticness: float | None = None
    instrumentalness: float | None = None
    liveness: float | None = None
    loudness: float | None = None
    speechiness: float | None = None
    time_signature: int | None = None


@dataclass(frozen=True, slots=True)
class FoundTrack:
    """A track as one source describes it; `release_date` is YYYY, YYYY-MM or YYYY-MM-DD."""

    spotify_id: str
    title: str
    artists: tuple[FoundArtist, ...]
    album: str | None = None
    release_date: str | None = None
    duration_ms: int | None = None
    explicit: bool | None = None
    isrc: str | None = None
    cover_url: str | None = None
    popularity: float | None = None
    genres: tuple[str, ...] = ()
    features: FoundFeatures | None = None

    @property
    def uri(self) -> str:
        """Spotify URI."""
        return f"spotify:track:{self.spotify_id}"

    @property
    def label(self) -> str:
        """Title and artists on one line."""
        artists = ", ".join(artist.name for artist in self.artists)
        return f"{self.title} · {artists}" if artists else self.title


class Kind(StrEnum):
    """What a provider can be asked for."""

    FEATURES = "features"
    POPULARITY = "popularity"
    GENRES = "genres"


class Reach(StrEnum):
    """Measures of how widely a track is heard that are not Spotify's popularity of 0-100."""

    DEEZER_RANK = "deezer_rank"
    LASTFM_LISTENERS = "lastfm_listeners"
    LASTFM_PLAYCOUNT = "lastfm_playcount"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A track that a provider is asked about; what identifies it differs by provider."""

    spotify_id: str
    isrc: str | None = None
    title: str | None = None
    artist: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a provider says about a track; `provider_id` is its own name for it."""

    provider_id: str | None = None
    features: FoundFeatures | None = None
    popularity: float | None = None
    reach: Mapping[Reach, float] = field(default_factory=dict)
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackPage:
    """Rows of an answer in their places, None for one that could not be read or did not come."""

    rows: tuple[FoundTrack | None, ...]

    @property
    def tracks(self) -> list[FoundTrack]:
        """The rows that are tracks."""
        return [track for track in self.rows if track is not None]

    @property
    def unread(self) -> int:
        """How many rows are not known."""
        return self.rows.count(None)


@dataclass(frozen=True, slots=True)
class FoundPlaylist:
    """A playlist at Spotify; what Spotify does not tell is None, and its name ""."""

    spotify_id: str
    name: str
    owner_id: str | None
    length: int | None
    description: str | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class PlaylistList:
    """Playlists of a page of `total` (None: not said), without the `unread` ones."""

    total: int | None
    playlists: tuple[FoundPlaylist, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True)
class PlaylistPage:
    """Some rows of a playlist of `length`; what is no streamable track is None.

    `names` is what each row is called, "" where that is not said either. Where the length is not
    said it is that of what came, and `more` tells that there may be rows behind it.
    """

    length: int
    rows: tuple[FoundTrack | None, ...]
    names: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """Something that plays; a `restricted` one takes no commands, one without id neither."""

    id: str | None
    name: str
    kind: str
    active: bool
    restricted: bool


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What plays or is paused; without a track it is a podcast, an advert or a private file."""

    track: FoundTrack | None
    device: str | None
    playing: bool


@dataclass(frozen=True, slots=True)
class SimilarTrack:
    """A track that listeners of another one play too; `match` is from 0 to 1, the most alike."""

    title: str
    artist: str
    match: float
