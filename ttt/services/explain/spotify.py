"""Words for what happens between the app and Spotify."""

from datetime import tzinfo

from ttt import errors
from ttt.services.explain.clocks import clock_after

_SERVICES = {"api": "Spotify", "accounts": "Spotify's sign-in service"}
_CALLBACKS = {
    "missing": "Spotify sent you back without the state that this app gave it.",
    "unknown": "This answer of Spotify's does not belong to a connection started here.",
    "foreign": "This connection was started by somebody else on this server.",
    "expired": "You took longer than ten minutes on Spotify's page.",
    "used": "This answer of Spotify's has been used already.",
    "client": "The client ID by which you went to Spotify no longer serves you here.",
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
_COPY_BOTH = "Copy both anew from your app on developer.spotify.com/dashboard"
_SET_RIGHT: dict[errors.Place, tuple[str, str]] = {
    "environment": (
        _CLIENT_REFUSED,
        f"{_COPY_BOTH} into SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET, then restart the server.",
    ),
    "admin page": (_CLIENT_REFUSED, f"{_COPY_BOTH} into the form under Admin, Spotify."),
    "own": (
        "Spotify does not accept your own client ID or client secret.",
        f"{_COPY_BOTH} into the form on the Spotify page.",
    ),
    "check": (
        "Spotify does not know this client ID, or the secret does not belong to it.",
        f"{_COPY_BOTH}, “Basic Information”. Nothing was saved.",
    ),
}
_REDIRECT = "Spotify knows this client ID, but not the address that it is to send people back to."
_NO_SEAT = "Ask an admin to free a seat or to add a client ID, or bring a client ID of your own."
_OWN_LIST = (
    "Spotify says that this account is not on the allow list of your own app.",
    "Add it under User Management in Spotify's dashboard, then press “Connect Spotify” again.",
)
_TELL_ADMIN = "Tell an admin of this server: only they can set it right."
_QUOTA = "This server has used up what Spotify allows it for now."
_FIXED: dict[type[errors.SpotifyError], tuple[str, str]] = {
    errors.NotConnected: ("Your Spotify is not connected.", "Connect it on the Spotify page."),
    errors.NotSetUp: (
        "Spotify is not set up on this server yet.",
        "An admin sets it up under Admin, Spotify, or lets people look around with demo data.",
    ),
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
        "Spotify says that what this server asked for does not exist.",
        "Nothing was changed. Try again later; if that does not help, tell the admin.",
    ),
}


def words(error: errors.SpotifyError, zone: tzinfo | None) -> tuple[str, str]:
    """What happened and what to do about it, with times in the person's zone (None: UTC)."""
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
        case errors.ClientRefused(admin=admin, place=place):
            return _SET_RIGHT[place] if admin else (_CLIENT_REFUSED, _TELL_ADMIN)
        case errors.RedirectRefused(uri=uri):
            where = "“Edit settings”, “Redirect URIs” of your app, exactly so"
            return _REDIRECT, f"Add {uri} under {where}, and save there. Nothing was saved here."
        case errors.NoSeatLeft(seats=seats):
            return f"All seats of this server are taken: Spotify allows {seats} each.", _NO_SEAT
        case errors.NotOnAllowList():
            return _OWN_LIST if error.own else _not_listed(error)
        case _:
            return _FIXED[type(error)]


def _not_listed(error: errors.NotOnAllowList) -> tuple[str, str]:
    whom = f"{error.name}, {error.email}" if error.email else (error.name or "you")
    what = "Spotify says that your account is not on the allow list of this server's app."
    where = "under User Management in Spotify's dashboard (five at most)"
    return what, f"An admin has to add {whom} {where}; then connect again."
