"""Where the app keeps its data, and where it listens."""

from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ttt.settings.address import HttpAddress
from ttt.settings.secret_key import weakness

PROJECT = Path(__file__).resolve().parents[2]
# Listening on every address; one of them has to be named to reach oneself.
_EVERY_ADDRESS = {str(IPv4Address(0)): "127.0.0.1", str(IPv6Address(0)): "::1"}


class AppSettings(BaseSettings):
    """The database and the web server."""

    model_config = SettingsConfigDict(
        # Fields are read by name too; without the prefix that would be HOST, PORT and the like.
        env_prefix="TTT_",
        env_file=".env",
        toml_file=".streamlit/secrets.toml",
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        env_ignore_empty=True,
    )

    data_dir: Path = Field(
        Path("data"),
        alias="TTT_DATA_DIR",
        description="Folder of the default database and the generated secret key.",
    )
    database_url: str = Field(
        "",
        alias="TTT_DATABASE_URL",
        repr=False,  # it may hold a password
        description="SQLAlchemy URL of the database; default is a SQLite file in the data folder.",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        alias="TTT_SECRET_KEY",
        description="Key that encrypts tokens and the like; default is made in the data folder.",
    )
    secret_key_old: SecretStr = Field(
        SecretStr(""),
        alias="TTT_SECRET_KEY_OLD",
        description="Former values of TTT_SECRET_KEY, separated by commas: read, never written.",
    )
    public_url: HttpAddress = Field(
        "",
        alias="TTT_PUBLIC_URL",
        description="Address that people type; default is http://127.0.0.1 with the port.",
    )
    host: str = Field("127.0.0.1", alias="TTT_HOST", description="Address to listen on.")
    port: int = Field(8501, alias="TTT_PORT", ge=1, le=65535, description="Port to listen on.")
    trusted_proxies: int = Field(
        0,
        alias="TTT_TRUSTED_PROXIES",
        ge=0,
        le=10,
        description="Your own proxies in front that append to X-Forwarded-For; 0 ignores it.",
    )
    jobs: Literal["app", "worker", "off"] = Field(
        "app",
        alias="TTT_JOBS",
        description="Where background work runs: in the app, in processes of its own"
        " (python -m ttt worker), or nowhere.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", alias="TTT_LOG_LEVEL", description="Least serious kind of log line that is written."
    )
    catalogue_file: Path = Field(
        PROJECT / "data" / "catalogue.csv",
        alias="TTT_CATALOGUE_FILE",
        description="CSV file of well-known tracks with audio features and popularity.",
    )

    history_max_mb: int = Field(
        300,
        alias="TTT_HISTORY_MAX_MB",
        ge=1,
        le=4000,
        description="Largest file with a listening history that people may bring, in MB.",
    )

    @field_validator("data_dir", "catalogue_file")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("public_url")
    @classmethod
    def _no_path(cls, value: str) -> str:
        if any(urlsplit(value)[2:]):
            raise ValueError("must end after the host or port: the app answers at the root only")
        if "@" in value:
            raise ValueError("must name no user: it is sent to others as this server's address")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if scheme in {"postgres", "postgresql"}:
            value = f"postgresql+psycopg{separator}{rest}"
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and (why := weakness(secret)):
            raise ValueError(f"{why}; 'python -m ttt secret new' makes one")
        return value

    @model_validator(mode="after")
    def _former_key_needs_a_present_one(self) -> Self:
        if self.secret_key_old.get_secret_value() and not self.secret_key.get_secret_value():
            raise ValueError("TTT_SECRET_KEY_OLD is set but TTT_SECRET_KEY is not")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic passes it
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read, in this order: arguments, environment, .env, .streamlit/secrets.toml."""
        toml = TomlConfigSettingsSource(settings_cls)
        return init_settings, env_settings, dotenv_settings, toml

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """Keys from outside, the one in use first; empty when they are kept in the data folder."""
        former = self.secret_key_old.get_secret_value().split(",")
        keys = (self.secret_key.get_secret_value(), *(key.strip() for key in former))
        return tuple(filter(None, keys))

    @property
    def base_url(self) -> str:
        """Address that people type, without a slash at the end."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def own_url(self) -> str:
        """Address at which this process reaches itself, without a slash at the end."""
        host = _EVERY_ADDRESS.get(self.host, self.host)
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}"

    @property
    def on_every_address(self) -> bool:
        """Whether the app listens on every address of this machine."""
        return self.host in _EVERY_ADDRESS

    @property
    def https(self) -> bool:
        """Whether people reach the app over HTTPS, so that cookies can be Secure."""
        return self.base_url.startswith("https://")

    @property
    def database(self) -> str:
        """URL of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'ttt.sqlite3'}"
