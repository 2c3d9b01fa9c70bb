"""Everything that can be set from outside, read once at start and never changed."""

import tomllib
from typing import Any

from pydantic import ValidationError

from ttt.errors import SettingsError
from ttt.settings.app import PROJECT
from ttt.settings.mail import MailSettings
from ttt.settings.spotify import DEMO_CLIENT_ID, DEMO_PATH

__all__ = [
    "DEMO_CLIENT_ID",
    "DEMO_PATH",
    "PROJECT",
    "Settings",
    "load",
]


class Settings(MailSettings):
    """Validated settings; the description of each field is what docs/settings.md says of it."""


def load(**overrides: Any) -> Settings:
    """Read the settings; raise SettingsError with one line for each bad value."""
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})
    except ValidationError as error:
        # Only names and messages: `input`, which may be a secret, is left out.
        raise SettingsError("\n".join(_sentence(e) for e in error.errors())) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f".env or .streamlit/secrets.toml cannot be read: {error}") from None


def _sentence(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    text = str(error["msg"]).removeprefix("Value error, ").replace("Input should", "should", 1)
    return f"{name} {text}".strip()
