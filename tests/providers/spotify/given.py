"""What the tests start from: a moment, settings, tokens and a track."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.providers.scripted import Reply, Server
from ttt.providers.spotify import Token
from ttt.settings import Settings

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Store:
    """A TokenStore that remembers what was saved."""

    def __init__(self, token: Token | None) -> None:
        self.token = token
        self.saved: list[Token] = []

    def load(self) -> Token | None:
        return self.token

    def save(self, token: Token) -> None:
        self.token = token
        self.saved.append(token)


def a_token(access: str = "access-SECRET", life: float = 3600) -> Token:
    """A token that ends `life` seconds from the real now, which spotipy goes by."""
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=life)
    return Token(access, "refresh-SECRET", ends, "user-top-read")


def token_reply(**changes: object) -> Reply:
    """A token answer; a field that is None is left out."""
    answer = {
        "access_token": "access-2-SECRET",
        "token_type": "Bearer",
        "expires_in": 3600,
        "refresh_token": "refresh-2-SECRET",
        "scope": "user-top-read",
        **changes,
    }
    return Reply(body={name: value for name, value in answer.items() if value is not None})


def a_track(**changes: object) -> dict[str, Any]:
    """A track as development mode shows it."""
    return {
        "id": "11dFghVXANMlKmJXsNCbNl",
        "type": "track",
        "name": "Cut To The Feeling",
        "is_local": False,
        "artists": [{"id": "6sFIWsNpZYqfjUpaCgueju", "name": "Carly Rae Jepsen"}],
        "album": {
            "name": "Cut To The Feeling",
            "release_date": "2017-05-26",
            "images": [image(640), image(300), image(64)],
        },
        "duration_ms": 207959,
        "explicit": False,
        "external_ids": {"isrc": "USUM71703861"},
        **changes,
    }


def image(width: int | None) -> dict[str, Any]:
    return {"url": f"https://i.scdn.co/image/{width}", "width": width, "height": width}


def settings_for(server: Server, **changes: object) -> Settings:
    """Settings that lead to `server`."""
    values: dict[str, Any] = {
        "SPOTIFY_CLIENT_ID": "client",
        "TTT_SPOTIFY_API_URL": f"{server.url}/web-api",
        "TTT_SPOTIFY_ACCOUNTS_URL": f"{server.url}/accounts",
        "TTT_PUBLIC_URL": "https://music.example.org",
        "_env_file": None,
        **changes,
    }
    return Settings(**values)
