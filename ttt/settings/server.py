"""How much a server takes on, how it tells of itself, and what it does when others fail it."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from ttt.settings.app import AppSettings

Network = IPv4Network | IPv6Network


def _networks(value: Any) -> Any:
    """Networks from text, separated by commas; a single address is a network of one."""
    if not isinstance(value, str):
        return value
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        raise ValueError("must be networks such as 10.0.0.0/8, separated by commas") from None


Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)]


class ServerSettings(AppSettings):
    """Bounds, metrics, logs, backups, and patience with a database."""

    max_sockets: int = Field(
        1000,
        alias="TTT_MAX_SOCKETS",
        ge=1,
        description="Open tabs that a process takes; fewer where it may open fewer files.",
    )
    max_sockets_per_address: int = Field(
        100,
        alias="TTT_MAX_SOCKETS_PER_ADDRESS",
        ge=1,
        description="Open tabs that a process takes from one address (IPv6: from a /64).",
    )
    silent_seconds: float = Field(
        30.0,
        alias="TTT_SILENT_SECONDS",
        gt=0,
        le=600,
        description="Seconds after which a connection that has said nothing is ended.",
    )
    database_wait: float = Field(
        60.0,
        alias="TTT_DATABASE_WAIT",
        ge=0,
        description="Seconds that a start waits for PostgreSQL to answer.",
    )
    database_timeout: float = Field(
        30.0,
        alias="TTT_DATABASE_TIMEOUT",
        ge=1,
        description="Seconds that one question to PostgreSQL may take.",
    )
    database_direct_url: str = Field(
        "",
        alias="TTT_DATABASE_DIRECT_URL",
        repr=False,  # it may hold a password
        description="URL of PostgreSQL itself, for locks and background work, where"
        " TTT_DATABASE_URL leads to PgBouncer.",
    )
    backup_dir: Path | None = Field(
        None,
        alias="TTT_BACKUP_DIR",
        description="Folder that gets a checked copy of the database once a day; default is none.",
    )
    backups_kept: int = Field(
        7, alias="TTT_BACKUPS_KEPT", ge=1, le=1000, description="Copies that are kept there."
    )
    log_format: Literal["text", "json"] = Field(
        "text", alias="TTT_LOG_FORMAT", description="Log lines for people, or as JSON for programs."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        alias="TTT_METRICS_TOKEN",
        description="Bearer token that opens /metrics; without token and networks it is closed.",
    )
    metrics_networks: Networks = Field(
        (),
        alias="TTT_METRICS_NETWORKS",
        description="Networks that may read /metrics, separated by commas.",
    )

    @field_validator("database_direct_url")
    @classmethod
    def _postgresql(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if scheme in {"postgres", "postgresql"}:
            value = f"postgresql+psycopg{separator}{rest}"
        if value and not value.startswith("postgresql+psycopg://"):
            raise ValueError("must start with postgresql://")
        return value

    @field_validator("backup_dir")
    @classmethod
    def _absolute_folder(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().resolve()

    @model_validator(mode="after")
    def _one_postgresql(self) -> Self:
        if self.database_direct_url and self.database.startswith("sqlite"):
            raise ValueError("TTT_DATABASE_DIRECT_URL is set but TTT_DATABASE_URL is SQLite")
        return self

    @property
    def metrics(self) -> bool:
        """Whether anybody may read /metrics."""
        return bool(self.metrics_token.get_secret_value() or self.metrics_networks)

    @property
    def direct_database(self) -> str:
        """URL of the database with no pooler in between, for what belongs to a connection."""
        return self.database_direct_url or self.database

    @property
    def jobs_database(self) -> str:
        """URL of the database that keeps background work."""
        if self.database.startswith("sqlite"):
            return f"sqlite:///{self.data_dir / 'jobs.sqlite3'}"
        return self.direct_database
