"""The one place that turns errors into words for people."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from ttt import errors

_SERVICES = {"api": "Spotify", "accounts": "Spotify's sign-in service"}
_CALLBACKS = {
    "missing": "Spotify sent you back without the state that this app gave it.",
    "unknown": "This answer of Spotify's does not belong to a connection started here.",
    "foreign": "This connection was started by somebody else on this server.",
    "expired": "You took longer than ten minutes on Spotify's page.",
    "used": "This answer of Spotify's has been used already.",
}
_OPENID: dict[errors.OpenIdReason, tuple[str, str]] = {
    "denied": ("The provider did not agree, or you pressed Cancel there.", "Try again."),
    "stale": ("This sign-in took over ten minutes, or was used before.", "Start it again."),
    "browser": ("This sign-in was started in another browser.", "Start it again in this one."),
    "wait": ("Too many failed tries.", "Try again in a few minutes."),
    "unavailable": ("The provider is not available.", "Try again in a few minutes."),
    "slow": ("The provider did not answer in time.", "Try again in a few minutes."),
    "nonsense": ("The provider answered something that makes no sense.", "Tell the admin."),
    "refused": ("The provider does not know this app, or its secret is wrong.", "Tell the admin."),
    "token": ("What the provider says of you cannot be trusted.", "Try again, or tell the admin."),
    "unbound": (
        "No account here is bound to this identity.",
        "Sign in with your password and bind it on the Account page.",
    ),
    "unverified": ("The provider has not verified your mail address.", "Verify it there first."),
    "domain": ("Mail addresses of this domain get no account here.", "Ask an admin."),
    "disabled": ("This account is disabled.", "Ask an admin."),
    "taken": ("This identity is bound to another account here.", "Unbind it there first."),
    "left": ("You signed out meanwhile, so nothing was bound.", "Sign in and bind it again."),
}
_HISTORY: dict[str, tuple[str, str]] = {
    "damaged zip": ("is a zip that is damaged, or made in an unusual way.", "Download it again."),
    "encrypted": ("is a zip with a password.", "Unpack it, and bring the files in it."),
    "too big": ("holds more than 1 GB once it is unpacked.", "Bring its files one by one."),
    "too many members": ("holds more than 200 files.", "Bring only those with your history."),
    "zip inside": ("holds another zip.", "Unpack it once, and bring what is inside."),
    "no history": ("is no listening history that this app knows.", "See which files it takes."),
    "list of tracks": (
        "is a list of tracks, not of when you played them.",
        "Lists are taken on the page of your lists.",
    ),
    "picture": ("is a picture.", "Bring the file that your player or Spotify gave you."),
    "document": ("is a document to read.", "Bring the JSON, CSV or zip file beside it."),
    "empty": ("holds no plays.", "Ask for the export again, or bring another file."),
    "never read": (
        "holds personal data of Spotify's, and no plays: it is never read.",
        "Bring the files that begin with “StreamingHistory” or “Streaming_History”.",
    ),
    "same again": ("tells the same plays as another file here.", "There is nothing to do."),
    "other folder": ("is in a folder that you did not choose.", "There is nothing to do."),
    "zone needed": (
        "does not say in which time zone its times are.",
        "Say in which zone the player's clock was.",
    ),
    "columns needed": ("is a table whose columns nobody knows.", "Say what each column holds."),
    "several people": (
        "holds the histories of several people, or of several exports.",
        "Choose the folders that are yours.",
    ),
}
_NOT_FOUND = {
    "track": (
        "Spotify does not know this.",
        "It may have been taken down; check the link.",
    ),
    "playlist": (
        "Spotify does not know this playlist.",
        "It may have been deleted there, or belong to somebody else.",
    ),
}
_WAITING = {
    None: "Your lists stay as they are; refresh",
    "kept": "Your connection is waiting to be finished: reload this page",
    "lost": "Nothing was connected; press “Connect Spotify” again",
}
_CLIENT_REFUSED = "Spotify does not accept the client ID or the client secret of this server."
_SET_RIGHT = (
    "Copy both anew from your app on developer.spotify.com/dashboard into SPOTIFY_CLIENT_ID and "
    "SPOTIFY_CLIENT_SECRET, then start the server again."
)
_TELL_ADMIN = "Tell an admin of this server: only they can set it right."
_QUOTA = "This server has used up what Spotify allows it for now."
_UNKNOWN = ("Something went wrong.", "Try again later.")
_FIXED: dict[type[errors.TTTError], tuple[str, str]] = {
    errors.NotAllowed: ("You may not do this.", "Ask an admin of this server."),
    errors.LinkUsedUp: (
        "This link does not work any more.",
        "It was used, has expired or was replaced by a newer one: ask for another.",
    ),
    errors.NotConnected: ("Your Spotify is not connected.", "Connect it on the Spotify page."),
    errors.ReconnectNeeded: (
        "Spotify no longer accepts this connection: it was revoked, or is six months old.",
        "Press “Reconnect Spotify”.",
    ),
    errors.ConsentRefused: (
        "You pressed Cancel on Spotify's page, so nothing was connected.",
        "Press “Connect Spotify” when you change your mind.",
    ),
    errors.CodeRefused: (
        "Spotify did not accept its own code, so nothing was connected.",
        "Press “Connect Spotify” again.",
    ),
    errors.NotOnAllowList: (
        "Your Spotify account is not on the list of this server's Spotify app.",
        "Ask its owner to add you under User Management in Spotify's dashboard (five at most).",
    ),
    errors.PremiumNeeded: (
        "The owner of this server's Spotify app has no Spotify Premium.",
        "Spotify asks for it since 2026; tell the owner.",
    ),
    errors.PlaybackNeedsPremium: (
        "Spotify plays from other apps only for people with Spotify Premium.",
        "Open the tracks in Spotify itself.",
    ),
    errors.DeviceRestricted: (
        "The device takes no commands from here, or not this one now.",
        "Choose another device, or use Spotify on the device itself.",
    ),
    errors.NoActiveDevice: (
        "Spotify finds no device to play on.",
        "Open Spotify on your phone, computer or speaker, then look for devices again.",
    ),
    errors.SpotifyForbidden: ("Spotify refused this.", "Reconnect Spotify, or try again later."),
    errors.NotOffered: (
        "Spotify answers that there is no such thing as this server asked for.",
        "Nothing was changed. Try again later; if it stays so, tell the admin.",
    ),
    errors.StoreBusy: (
        "The database is busy, so nothing was saved.",
        "What you typed is still here: send it again in a minute.",
    ),
    errors.StoreAway: (
        "The database cannot be reached, so nothing was saved.",
        "What you typed is still here: send it again later. If it stays so, tell the admin.",
    ),
    errors.StoreFull: (
        "There is no room left for the database, so nothing was saved.",
        "What you typed is still here. Tell the admin to make room, then send it again.",
    ),
    errors.StoreReadOnly: (
        "The database takes no changes, so nothing was saved.",
        "What you typed is still here. Tell the admin to let the server write, then send it again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, and what to do about it; both are whole sentences."""

    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.what} {self.todo}".strip()


def explain(error: errors.TTTError, zone: tzinfo | None = None) -> Explanation:
    """Words for an error, with times in the person's time zone (None: UTC)."""
    if isinstance(error, errors.OpenIdFailed):
        return Explanation(*_OPENID[error.reason])
    if isinstance(error, errors.HistoryRefused):
        what, todo = _HISTORY.get(error.why, _HISTORY["no history"])
        return Explanation(f"The file “{error.name}” {what}", todo)
    if isinstance(error, errors.SpotifyError):
        return Explanation(*_spotify(error, zone))
    if isinstance(error, errors.ProviderError):
        return Explanation(*_provider(error, zone))
    return Explanation(*_own(error, zone))


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """A time as people read it: "22 Nov, 18:05", with "UTC" where no zone is known."""
    local = moment.astimezone(zone) if zone else moment
    return f"{local.day} {local:%b, %H:%M}{'' if zone else ' UTC'}"


def clock_after(moment: datetime, zone: tzinfo | None = None) -> str:
    """The same for the end of a wait: a minute is never shown in which one still has to wait."""
    return clock(moment + timedelta(minutes=1, microseconds=-1), zone)


def _own(error: errors.TTTError, zone: tzinfo | None) -> tuple[str, str]:
    match error:
        case errors.InvalidInput(reason=reason):
            return reason, ""
        case errors.NotFound(what=what):
            return f"There is no such {what}.", "It may have been removed meanwhile."
        case errors.TooManyTries(until=until):
            return "Too many failed tries.", f"Try again after {clock_after(until, zone)}."
        case errors.MailFailed(reason=reason):
            return reason, "Give the link to the person yourself."
        case errors.SettingsError():
            return f"A setting is wrong: {error}.", "Mend it and start again."
        case _:
            return _FIXED.get(type(error), _UNKNOWN)


def _spotify(error: errors.SpotifyError, zone: tzinfo | None) -> tuple[str, str]:
    match error:
        case errors.RateLimited():
            return _limited(error, zone)
        case errors.SpotifyUnavailable(service=service, timed_out=late):
            trouble = "did not answer in time" if late else "is not available"
            return f"{_SERVICES[service]} {trouble}.", "Try again in a few minutes."
        case errors.UnexpectedAnswer(service=service):
            what = f"{_SERVICES[service]} answered something that makes no sense."
            return what, "Nothing was changed; try again later."
        case errors.ScopeMissing(purpose=purpose):
            what = "Your connection was made without this permission."
            return what, f"Reconnect Spotify to allow {purpose or 'it'}."
        case errors.CallbackRejected(reason=reason):
            return _CALLBACKS[reason], "Press “Connect Spotify” again."
        case _:
            return _refused(error)


def _limited(limit: errors.RateLimited, zone: tzinfo | None) -> tuple[str, str]:
    what = _QUOTA if limit.quota else "Spotify asks this server to slow down."
    return what, f"{_WAITING[limit.connecting]} after {clock_after(limit.until, zone)}."


def _refused(error: errors.SpotifyError) -> tuple[str, str]:
    match error:
        case errors.SpotifyNotFound(what=thing):
            return _NOT_FOUND[thing]
        case errors.ClientRefused(admin=admin):
            return _CLIENT_REFUSED, _SET_RIGHT if admin else _TELL_ADMIN
        case _:
            return _FIXED.get(type(error), _UNKNOWN)


def _provider(error: errors.ProviderError, zone: tzinfo | None) -> tuple[str, str]:
    match error:
        case errors.ProviderBlocked(until=until, quota=True):
            return (
                "The day's budget is used up.",
                f"It is asked again after {clock_after(until, zone)}.",
            )
        case errors.ProviderBlocked(until=until):
            return (
                "It asks us to slow down.",
                f"It is asked again after {clock_after(until, zone)}.",
            )
        case errors.ProviderRefused():
            return "It does not serve us: closed to this app, or the key is wrong.", ""
        case errors.ProviderUnavailable(timed_out=late):
            return "It did not answer in time." if late else "It is not available.", ""
        case errors.ProviderEmpty():
            return "It has computed nothing yet.", ""
        case _:
            return "It answered something that makes no sense.", ""
