"""Spotify's accounts service and Web API; every failure is an error of ttt.errors."""

from ttt.providers.spotify.api import Spotify
from ttt.providers.spotify.auth import (
    authorize_url,
    exchange,
    redirect_error,
)
from ttt.providers.spotify.check import check
from ttt.providers.spotify.parse import Profile
from ttt.providers.spotify.recent import RecentPlays
from ttt.providers.spotify.token import Token, TokenStore

__all__ = [
    "Profile",
    "RecentPlays",
    "Spotify",
    "Token",
    "TokenStore",
    "authorize_url",
    "check",
    "exchange",
    "redirect_error",
]
