"""The one place that turns errors into words for people."""

from dataclasses import dataclass
from datetime import tzinfo

from ttt import errors
from ttt.services.explain import spotify
from ttt.services.explain.clocks import clock, clock_after

__all__ = ["Explanation", "clock", "clock_after", "explain"]

_OPENID: dict[errors.OpenIdReason, tuple[str, str]] = {
    "denied": ("The provider did not agree, or you pressed Cancel there.", "Try again."),
    "stale": ("This sign-in took over ten minutes, or was used before.", "Start it again."),
    "browser": ("This sign-in was started in another browser.", "Start it again in this one."),
    "wait": ("Too many failed tries.", "Try again in a few minutes."),
    "unavailable": ("The provider is not available.", "Try again in a few minutes."),
    "slow": ("The provider did not answer in time.", "Try again in a few minutes."),
    "nonsense": ("The provider answered something that makes no sense.", "Tell the admin."),
    "refused": ("The provider does not know this app, or its secret is wrong.", "Tell the admin."),
    "token": (
        "What the provider says about you cannot be trusted.",
        "Try again, or tell the admin.",
    ),
    "unbound": (
        "No account here is linked to yours there.",
        "Sign in with your password and link it on the Account page.",
    ),
    "unverified": ("The provider has not verified your mail address.", "Verify it there first."),
    "domain": ("Mail addresses of this domain get no account here.", "Ask an admin."),
    "disabled": ("This account is disabled.", "Ask an admin."),
    "taken": (
        "Your account there is linked to another account here.",
        "Unlink it in that one first.",
    ),
    "left": ("You signed out meanwhile, so nothing was linked.", "Sign in and link it again."),
}
_UNPACK = "Unpack it, and bring the files in it, or a zip of them."
_HISTORY: dict[str, tuple[str, str]] = {
    "damaged zip": ("is a zip that is damaged, or made in an unusual way.", "Download it again."),
    "encrypted": ("is a zip with a password.", "Unpack it, and bring the files in it."),
    "too big": ("holds more than 1 GB once it is unpacked.", "Bring its files one by one."),
    "too many members": ("holds more than 200 files.", "Bring only those with your history."),
    "zip inside": ("holds another zip.", "Unpack it once, and bring what is inside."),
    "7z": ("is a 7z archive, which this app cannot unpack.", _UNPACK),
    "rar": ("is a RAR archive, which this app cannot unpack.", _UNPACK),
    "zstandard": ("is packed by Zstandard, which this app cannot unpack.", _UNPACK),
    "workbook": (
        "is a workbook that cannot be read.",
        "Save its sheet with the plays as CSV, and bring that.",
    ),
    "big workbook": (
        "is a workbook of more than 128 MB unpacked, or of more than 5 million cells.",
        "Save its sheet with the plays as CSV, and bring that.",
    ),
    "no history": ("is no listening history that this app knows.", "See which files it takes."),
    "list of tracks": (
        "is a list of tracks, not of when you played them.",
        "Lists are taken on the page of your lists.",
    ),
    "picture": ("is a picture.", "Bring the file that your player or Spotify gave you."),
    "document": ("is a document to read.", "Bring the JSON, CSV or zip file beside it."),
    "database": (
        "is a database of SQLite.",
        "Bring what its program exports, or a table of the plays as CSV.",
    ),
    "empty": ("holds no plays.", "Ask for the export again, or bring another file."),
    "never read": (
        "holds personal data of Spotify's, and no plays: it is never read.",
        "Bring the files that begin with “StreamingHistory” or “Streaming_History”.",
    ),
    "same again": ("tells the same plays as another file here.", "There is nothing to do."),
    "other folder": (
        "is in a folder, or of a user, that you did not choose.",
        "There is nothing to do.",
    ),
    "zone needed": (
        "does not say in which time zone its times are.",
        "Say in which zone the player's clock was.",
    ),
    "columns needed": (
        "is a table whose columns this app does not recognise.",
        "Say what each column holds.",
    ),
    "dates needed": (
        "has dates in which day and month cannot be told apart.",
        "Say which of them stands first.",
    ),
    "several people": (
        "holds the histories of several people, or of several exports.",
        "Choose those that are yours.",
    ),
}
_NOTHING_TO_PUT_BACK = (
    "There is nothing to put back.",
    "That was done already, or the tracks are there again.",
)
_UNKNOWN = ("Something went wrong.", "Try again later.")
_FIXED: dict[type[errors.TTTError], tuple[str, str]] = {
    errors.NotAllowed: ("You may not do this.", "Ask an admin of this server."),
    errors.LinkUsedUp: (
        "This link does not work any more.",
        "It was used, has expired or was replaced by a newer one: ask for another.",
    ),
    errors.StoreBusy: (
        "The database is busy: others were writing for too long. Nothing was changed.",
        "Try again in a minute; what you typed stays here.",
    ),
    errors.StoreAway: (
        "The database cannot be reached. Nothing was changed.",
        "Try again in a minute; what you typed stays here. If that does not help, tell the admin.",
    ),
    errors.StoreFull: (
        "There is no room left for the database. Nothing was changed.",
        "Tell the admin to make room, then try again; what you typed stays here.",
    ),
    errors.Maintenance: (
        "This server is being worked on, and nothing can be changed meanwhile.",
        "Try again in a few minutes; what you typed stays here.",
    ),
    errors.StoreReadOnly: (
        "The database takes no changes at the moment. Nothing was changed.",
        "Tell the admin to let the server write to it, then try again; what you typed stays here.",
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
        return Explanation(*spotify.words(error, zone))
    if isinstance(error, errors.ProviderError):
        return Explanation(*_provider(error, zone))
    return Explanation(*_own(error, zone))


def _own(error: errors.TTTError, zone: tzinfo | None) -> tuple[str, str]:
    match error:
        case errors.InvalidInput(reason=reason):
            return reason, ""
        case errors.NotFound(what=what):
            gone = f"There is no such {what}.", "It may have been removed meanwhile."
            return _NOTHING_TO_PUT_BACK if what == "removal" else gone
        case errors.TooManyTries(until=until):
            return "Too many failed tries.", f"Try again after {clock_after(until, zone)}."
        case errors.MailFailed(reason=reason):
            return reason, "Give the link to the person yourself."
        case errors.SettingsError():
            return f"A setting is wrong: {error}.", "Correct it and start again."
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
