"""All formats: their names for people, the source they stand for, and how their rows are read."""

from dataclasses import dataclass
from enum import StrEnum

from ttt.plays import PlaySource
from ttt.providers.history_files.blocks import Rows
from ttt.providers.history_files.formats import (
    apple_music,
    jellyfin,
    our_tables,
    ours,
    own_json,
    own_table,
    youtube_music,
    youtube_page,
)
from ttt.providers.history_files.formats.bare import with_header
from ttt.providers.history_files.formats.scrobbles import (
    lastfm,
    lastfm_tables,
    listenbrainz,
    scrobbler_log,
    servers,
)
from ttt.providers.history_files.formats.spotify import account, as_table, history, recent
from ttt.providers.history_files.json_rows import JSON_ROWS
from ttt.providers.history_files.pieces.containers import BareRows, JsonRows, TableRows, each
from ttt.providers.history_files.pieces.marked_up import track_rows


class Format(StrEnum):
    """A format of listening histories; the values are kept with uploads."""

    SPOTIFY_EXTENDED = "spotify extended"
    SPOTIFY_ACCOUNT = "spotify account"
    SPOTIFY_RECENT = "spotify recently played"
    SPOTIFY_TABLE = "spotify table"
    SPOTIFY_ACCOUNT_TABLE = "spotify account table"
    STATS_TRACKER = "spotifystatstracker"
    LASTFM_PLAIN = "lastfm plain csv"
    LASTFM_CSV = "lastfm csv"
    LASTFM_JSON = "lastfm json"
    LASTFM_XML = "lastfm xml"
    LASTFM_STATS_CSV = "lastfmstats csv"
    LASTFM_STATS_JSON = "lastfmstats json"
    LISTENBRAINZ = "listenbrainz"
    MALOJA = "maloja"
    KOITO = "koito"
    PANO_SCROBBLER = "pano scrobbler"
    SCROBBLER_LOG = "scrobbler log"
    JELLYFIN = "jellyfin"
    OWN_TABLE = "own table"
    OWN_JSON = "own json"
    APPLE_ACTIVITY = "apple music activity"
    APPLE_DAILY = "apple music daily"
    YOUTUBE_MUSIC = "youtube music"
    YOUTUBE_PAGE = "youtube music page"
    OURS_LINES = "top track tracker lines"
    OURS_CSV = "top track tracker csv"
    OURS_PARQUET = "top track tracker parquet"

    @property
    def label(self) -> str:
        """Name shown to people, as in "This is a ... listening history"."""
        return _READERS[self].label

    @property
    def source(self) -> PlaySource:
        """Who told of the plays in it, where a play does not know better itself."""
        return _READERS[self].source

    @property
    def rows(self) -> Rows:
        """How its rows are read."""
        return _READERS[self].rows


@dataclass(frozen=True)
class _Reader:
    label: str
    source: PlaySource
    rows: Rows


def _is_comment(cells: list[str]) -> bool:
    return cells[0].startswith("#") and not scrobbler_log.is_whole(cells)


def _is_header(cells: list[str]) -> bool:
    titles = [cell.strip().lower() for cell in cells[:3]]
    return titles == ["artist", "album", "track"] and not lastfm_tables.is_timed(cells)


_PLAIN = BareRows(each(lastfm_tables.plain_told), no_row=_is_header)
_LOG = BareRows(
    each(scrobbler_log.told),
    delimiter="\t",
    no_row=_is_comment,
    parted=scrobbler_log.parted,
    quoted=False,
)
_OUR_NAME = "Top Track Tracker"

_READERS = {
    Format.SPOTIFY_EXTENDED: _Reader("Spotify", PlaySource.SPOTIFY_HISTORY, JSON_ROWS[history.Row]),
    Format.STATS_TRACKER: _Reader(
        "SpotifyStatsTracker", PlaySource.STATS_TRACKER, JSON_ROWS[history.Row]
    ),
    Format.SPOTIFY_ACCOUNT: _Reader(
        "Spotify", PlaySource.SPOTIFY_ACCOUNT_DATA, JSON_ROWS[account.Row]
    ),
    Format.SPOTIFY_RECENT: _Reader("Spotify", PlaySource.SPOTIFY_RECENT, JSON_ROWS[recent.Row]),
    Format.SPOTIFY_TABLE: _Reader(
        "Spotify", PlaySource.SPOTIFY_HISTORY, TableRows(as_table.EXTENDED.headed)
    ),
    Format.SPOTIFY_ACCOUNT_TABLE: _Reader(
        "Spotify", PlaySource.SPOTIFY_ACCOUNT_DATA, TableRows(as_table.ACCOUNT.headed)
    ),
    Format.LASTFM_PLAIN: _Reader("Last.fm", PlaySource.LASTFM, _PLAIN),
    Format.LASTFM_CSV: _Reader("Last.fm", PlaySource.LASTFM, TableRows(lastfm_tables.ghan_told)),
    Format.LASTFM_STATS_CSV: _Reader(
        "Last.fm", PlaySource.LASTFM, TableRows(lastfm_tables.stats_told)
    ),
    Format.LASTFM_JSON: _Reader("Last.fm", PlaySource.LASTFM, JSON_ROWS[lastfm.PageRow]),
    Format.LASTFM_XML: _Reader(
        "Last.fm", PlaySource.LASTFM, track_rows(lastfm.page_row, each(lastfm.page_told))
    ),
    Format.LASTFM_STATS_JSON: _Reader("Last.fm", PlaySource.LASTFM, JSON_ROWS[lastfm.StatsRow]),
    Format.LISTENBRAINZ: _Reader(
        "ListenBrainz", PlaySource.LISTENBRAINZ, JSON_ROWS[listenbrainz.Row]
    ),
    Format.MALOJA: _Reader("Maloja", PlaySource.MALOJA, JSON_ROWS[servers.MalojaRow]),
    Format.KOITO: _Reader("Koito", PlaySource.KOITO, JSON_ROWS[servers.KoitoRow]),
    Format.PANO_SCROBBLER: _Reader(
        "Pano Scrobbler", PlaySource.PANO_SCROBBLER, JSON_ROWS[servers.PanoRow]
    ),
    Format.SCROBBLER_LOG: _Reader("scrobbler.log", PlaySource.SCROBBLER_LOG, _LOG),
    Format.JELLYFIN: _Reader("Jellyfin", PlaySource.OWN_TABLE, jellyfin.rows),
    Format.OWN_TABLE: _Reader(
        "table", PlaySource.OWN_TABLE, TableRows(own_table.headed, with_header, own_table.is_header)
    ),
    Format.OWN_JSON: _Reader(
        "JSON",
        PlaySource.OWN_TABLE,
        JsonRows(own_json.Row, each(own_json.told), called=own_json.called),
    ),
    Format.APPLE_ACTIVITY: _Reader(
        "Apple Music", PlaySource.APPLE_MUSIC, TableRows(apple_music.activity_told)
    ),
    Format.APPLE_DAILY: _Reader(
        "Apple Music", PlaySource.APPLE_MUSIC, TableRows(apple_music.daily_told)
    ),
    Format.YOUTUBE_MUSIC: _Reader(
        "YouTube Music", PlaySource.YOUTUBE_MUSIC, JSON_ROWS[youtube_music.Row]
    ),
    Format.YOUTUBE_PAGE: _Reader("YouTube Music", PlaySource.YOUTUBE_MUSIC, youtube_page.ROWS),
    Format.OURS_LINES: _Reader(_OUR_NAME, PlaySource.OWN_TABLE, JSON_ROWS[ours.Row]),
    Format.OURS_CSV: _Reader(_OUR_NAME, PlaySource.OWN_TABLE, TableRows(our_tables.headed)),
    Format.OURS_PARQUET: _Reader(_OUR_NAME, PlaySource.OWN_TABLE, our_tables.parquet_rows),
}
