"""Whether Spotify is reached, and takes each client ID that this server goes by."""

from dataclasses import dataclass

from ttt.errors import ClientRefused, RedirectRefused, SpotifyError
from ttt.providers.values import reach
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.spotify import clients, keeping
from ttt.services.spotify.clients import Client
from ttt.settings import Settings, client_id

_ODD_ID = (
    "SPOTIFY_CLIENT_ID is no client ID as Spotify gives them (32 digits and letters from a to f):"
    " copy it from developer.spotify.com/dashboard."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; when it is not ok, `words` say what to do."""

    ok: bool
    words: str


def served(context: Context, *, ready: bool) -> list[Client]:
    """The client IDs of Spotify's that are in use; the environment's alone without a database."""
    if not ready:
        only = Client(clients.ENVIRONMENT, context.settings)
        return [] if only.demo else [only]
    with context.session() as session:
        return [client for client in clients.every(context, session) if not client.demo]


def findings(context: Context, *, ready: bool) -> list[Finding]:
    """Asks Spotify over the network; of the demo it is said that it is used."""
    settings, used = context.settings, served(context, ready=ready)
    if not any(client.user_id is None for client in used):
        return [*_demo(context, ready=ready), *_each(context, used)]
    # Waits that Spotify asked for are kept in the database.
    tried = _each(context, used) if ready else []
    there = used[0].settings
    services = {"Spotify's Web API": there.api_url, "Spotify's sign-in": there.token_url}
    reached = [_reached(name, url, settings.spotify_timeout) for name, url in services.items()]
    return [*spotify_app(settings), *tried, *reached]


def spotify_app(settings: Settings) -> list[Finding]:
    """What can be told of the environment's client ID without asking Spotify."""
    at_spotify = not settings.demo and not settings.spotify_accounts_url
    odd = at_spotify and client_id.unlikely(settings.spotify_client_id)
    return [Finding(False, _ODD_ID)] if odd else []


def _demo(context: Context, *, ready: bool) -> list[Finding]:
    settings = context.settings
    todo = "SPOTIFY_CLIENT_ID, or Admin, Spotify, connects the real one."
    if not settings.public:
        return [Finding(True, f"The demo Spotify is used; {todo}")]
    if not ready or not clients.demo_in_use(context):
        words = f"Spotify is not set up, and the demo is off at {settings.base_url}"
        return [Finding(True, f"{words}, as others can reach it: {todo}")]
    words = f"Everybody who reaches {settings.base_url} can be any listener of the demo Spotify"
    return [Finding(False, f"{words}: switch that off under Admin, Rules, or keep strangers out.")]


def _each(context: Context, used: list[Client]) -> list[Finding]:
    return [finding for client in used for finding in _taken(context, client)]


def _taken(context: Context, client: Client) -> list[Finding]:
    """Whether Spotify takes one; nothing where it does not say, which is told by itself."""
    whose = "its owner's own" if client.user_id is not None else "of this server"
    name = f"The client ID {client.name} ({whose}, {client.source})"
    try:
        keeping.try_(context, client)
    except (ClientRefused, RedirectRefused) as error:
        return [Finding(False, f"{name}: {explain(error)}")]
    except SpotifyError:
        return []
    return [Finding(True, f"{name} is taken by Spotify, with this server's redirect URI.")]


def _reached(name: str, url: str, timeout: float) -> Finding:
    trouble = reach.trouble(url, timeout)
    if trouble is None:
        return Finding(True, f"{name} answers.")
    return Finding(False, f"{name} {trouble}: check the network, and that {url} is right.")
