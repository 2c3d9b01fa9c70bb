"""The tables. Times are aware UTC; secrets are kept as SHA-256 or encrypted, never plain."""

from ttt.models.accounts import AuditEvent, ServerSetting, User
from ttt.models.charts import ChartEntry, ChartSnapshot, LastFmAccount
from ttt.models.doors import (
    FailedTry,
    KnownBrowser,
    OneTimeLink,
    OpenIdIdentity,
    OpenIdState,
    RecoveryCode,
    SignInTicket,
    UserSession,
)
from ttt.models.lists import ListEntry, ListImport, TopEntry, TopSnapshot, TrackList, WaitingName
from ttt.models.matches import NameMatch
from ttt.models.playlists import SentPlaylist, SentRow
from ttt.models.plays.plays import (
    Hidden,
    Play,
    PlayAgain,
    PlayChange,
    PlayPage,
    Recording,
    ToldIdentity,
)
from ttt.models.plays.recorders import PlayGap, Recorder, Relay, SubmitToken, WaitingListen
from ttt.models.plays.sharing import Agreement, RecapLink
from ttt.models.plays.uploads import HistoryUpload, RefusedPlay, UploadMember, UploadPart
from ttt.models.services import ServiceBlock, ServiceDay, ServiceTrouble
from ttt.models.spotify import OAuthState, SpotifyAccount, SpotifyClient, SpotifySeat
from ttt.models.tracks import Artist, Track, TrackArtist
from ttt.models.values import (
    AudioFeatures,
    Lookup,
    OwnDescription,
    OwnImport,
    PersonalValue,
    Popularity,
    ReachValue,
    TrackGenre,
)

__all__ = [
    "Agreement",
    "Artist",
    "AudioFeatures",
    "AuditEvent",
    "ChartEntry",
    "ChartSnapshot",
    "FailedTry",
    "Hidden",
    "HistoryUpload",
    "KnownBrowser",
    "LastFmAccount",
    "ListEntry",
    "ListImport",
    "Lookup",
    "NameMatch",
    "OAuthState",
    "OneTimeLink",
    "OpenIdIdentity",
    "OpenIdState",
    "OwnDescription",
    "OwnImport",
    "PersonalValue",
    "Play",
    "PlayAgain",
    "PlayChange",
    "PlayGap",
    "PlayPage",
    "Popularity",
    "ReachValue",
    "RecapLink",
    "Recorder",
    "Recording",
    "RecoveryCode",
    "RefusedPlay",
    "Relay",
    "SentPlaylist",
    "SentRow",
    "ServerSetting",
    "ServiceBlock",
    "ServiceDay",
    "ServiceTrouble",
    "SignInTicket",
    "SpotifyAccount",
    "SpotifyClient",
    "SpotifySeat",
    "SubmitToken",
    "ToldIdentity",
    "TopEntry",
    "TopSnapshot",
    "Track",
    "TrackArtist",
    "TrackGenre",
    "TrackList",
    "UploadMember",
    "UploadPart",
    "User",
    "UserSession",
    "WaitingListen",
    "WaitingName",
]
