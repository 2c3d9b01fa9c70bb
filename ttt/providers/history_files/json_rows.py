"""The formats of JSON: how their rows are read, and how those of each are told from the others'."""

from ttt.plays import PlaySource
from ttt.providers.history_files.formats import ours, youtube_music
from ttt.providers.history_files.formats.scrobbles import lastfm, listenbrainz, servers
from ttt.providers.history_files.formats.spotify import account, history, recent
from ttt.providers.history_files.pieces.containers import JsonRows, each
from ttt.providers.history_files.pieces.kinds import Kind

# The first whose keys are all there; those that need more stand before those that need less.
_KINDS = (
    Kind(
        *(PlaySource.OWN_TABLE, ours.Row, each(ours.told)),
        keys="ts ms_played top_track_tracker",
        needs="top_track_tracker",
    ),
    Kind(
        *(PlaySource.SPOTIFY_HISTORY, history.Row, history.telling),
        keys="ts ms_played",
        needs="ts",
    ),
    Kind(
        *(PlaySource.SPOTIFY_ACCOUNT_DATA, account.Row, each(account.told)),
        keys="endtime msplayed",
        needs="end_time",
    ),
    Kind(
        *(PlaySource.SPOTIFY_RECENT, recent.Row, each(recent.told)),
        keys="played_at track",
        needs="played_at track",
    ),
    Kind(
        *(PlaySource.LISTENBRAINZ, listenbrainz.Row, each(listenbrainz.told)),
        keys="listened_at track_metadata",
        needs="listened_at track_metadata",
    ),
    Kind(
        *(PlaySource.KOITO, servers.KoitoRow, each(servers.koito_told)),
        keys="listened_at track",
        needs="listened_at track",
    ),
    Kind(
        *(PlaySource.MALOJA, servers.MalojaRow, each(servers.maloja_told)),
        keys="time track",
        needs="time track",
    ),
    Kind(
        *(PlaySource.PANO_SCROBBLER, servers.PanoRow, each(servers.pano_told)),
        keys="timems track",
        needs="time_ms",
    ),
    Kind(
        *(PlaySource.LASTFM, lastfm.StatsRow, each(lastfm.stats_told)),
        keys="track artist date",
        needs="date",
    ),
    Kind(
        *(PlaySource.LASTFM, lastfm.PageRow, each(lastfm.page_told)),
        keys="artist name date",
        needs="stamp",
    ),
    Kind(
        *(PlaySource.YOUTUBE_MUSIC, youtube_music.Row, each(youtube_music.told)),
        keys="header title time",
        needs="title time",
    ),
)
JSON_ROWS = {kind.row: JsonRows(kind.row, kind.telling, _KINDS) for kind in _KINDS}
"""By the type of row that most of a file has."""
