"""How the app reaches Spotify, or the demo that stands in for it."""

from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from ttt.settings import client_id
from ttt.settings.address import HttpAddress
from ttt.settings.server import ServerSettings

DEMO_PATH = "/demo-spotify"
DEMO_CLIENT_ID = "demo-client"
_API = "https://api.spotify.com"
_ACCOUNTS = "https://accounts.spotify.com"


class SpotifySettings(ServerSettings):
    """Spotify and the demo Spotify."""

    spotify_client_id: str = Field(
        "",
        alias="SPOTIFY_CLIENT_ID",
        description="Client ID of your Spotify app; without one the demo Spotify is used.",
    )
    spotify_client_secret: SecretStr = Field(
        SecretStr(""),
        alias="SPOTIFY_CLIENT_SECRET",
        description="Client secret of your Spotify app; without one PKCE alone is used.",
    )
    spotify_api_url: HttpAddress = Field(
        "",
        alias="TTT_SPOTIFY_API_URL",
        description="Base address of the Spotify Web API; default is Spotify's, or the demo's.",
    )
    spotify_accounts_url: HttpAddress = Field(
        "",
        alias="TTT_SPOTIFY_ACCOUNTS_URL",
        description="Base address of the accounts service; default is Spotify's, or the demo's.",
    )
    spotify_timeout: float = Field(
        10.0, alias="TTT_SPOTIFY_TIMEOUT", gt=0, le=60, description="Seconds Spotify has to answer."
    )
    spotify_seats: int = Field(
        5,
        alias="TTT_SPOTIFY_SEATS",
        ge=1,
        le=100_000,
        description="People who may use one client ID: five, unless Spotify has lifted its limit.",
    )
    demo_faults: bool = Field(
        False,
        alias="TTT_DEMO_FAULTS",
        description="Lets tests make the demo Spotify fail; never set it where others reach it.",
    )

    @field_validator("spotify_client_id", mode="before")
    @classmethod
    def _trimmed(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("spotify_client_id")
    @classmethod
    def _client_id(cls, value: str) -> str:
        if value and (why := client_id.trouble(value)):
            raise ValueError(why)
        return value

    @field_validator("spotify_client_secret")
    @classmethod
    def _client_secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value().strip()
        if secret and (why := client_id.trouble(secret)):
            raise ValueError(why)
        return SecretStr(secret)

    @model_validator(mode="after")
    def _secret_needs_id(self) -> Self:
        if self.spotify_client_secret.get_secret_value() and not self.spotify_client_id:
            raise ValueError("SPOTIFY_CLIENT_SECRET is set but SPOTIFY_CLIENT_ID is not")
        return self

    def with_client(self, client_id: str, secret: str) -> Self:
        """The same settings with another client ID than the environment's, and its secret."""
        update = {"spotify_client_id": client_id, "spotify_client_secret": SecretStr(secret)}
        return self.model_copy(update=update)

    def with_demo(self) -> Self:
        """The same settings with the demo; addresses set for the real Spotify are not its."""
        if self.demo:
            return self
        elsewhere = {"spotify_api_url": "", "spotify_accounts_url": ""}
        return self.with_client("", "").model_copy(update=elsewhere)

    @property
    def public(self) -> bool:
        """Whether people reach the app from other machines."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return not ip_address(host).is_loopback
        except ValueError:
            return host != "localhost"

    @property
    def demo(self) -> bool:
        """Whether the demo Spotify stands in for the real one."""
        return not self.spotify_client_id

    @property
    def client_id(self) -> str:
        """Client ID sent to Spotify, or to the demo."""
        return self.spotify_client_id or DEMO_CLIENT_ID

    @property
    def redirect_uri(self) -> str:
        """Where Spotify sends people back to."""
        return f"{self.base_url}/spotify"

    @property
    def redirect_allowed(self) -> bool:
        """Whether Spotify redirects there: over https, or to this very machine by its number."""
        parts = urlsplit(self.redirect_uri)
        try:
            loopback = ip_address(parts.hostname or "").is_loopback
        except ValueError:  # a name, and Spotify refuses "localhost" as well
            loopback = False
        return parts.scheme == "https" or loopback

    @property
    def api_url(self) -> str:
        """Base address of the Web API as this process reaches it."""
        return self.spotify_api_url or (self._own_demo if self.demo else _API)

    @property
    def token_url(self) -> str:
        """Address of the token endpoint as this process reaches it."""
        own = self._own_demo if self.demo else _ACCOUNTS
        return f"{self.spotify_accounts_url or own}/api/token"

    @property
    def authorize_url(self) -> str:
        """Address of the consent page as people's browsers reach it."""
        public = f"{self.base_url}{DEMO_PATH}" if self.demo else _ACCOUNTS
        return f"{self.spotify_accounts_url or public}/authorize"

    @property
    def _own_demo(self) -> str:
        return f"{self.own_url}{DEMO_PATH}"
