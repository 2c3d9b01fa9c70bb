"""What the app asks Spotify's listeners to allow, and what for."""

from collections.abc import Mapping
from typing import Literal

Purpose = Literal["playlists", "playback", "recording"]

NEEDS: Mapping[Purpose, frozenset[str]] = {
    "playlists": frozenset({"playlist-read-private", "playlist-modify-private"}),
    "playback": frozenset({"user-read-playback-state", "user-modify-playback-state"}),
    "recording": frozenset({"user-read-recently-played"}),
}
# Only what is used: each further permission is one more thing that a lost token could do.
SCOPES = ("user-top-read", *sorted(scope for scopes in NEEDS.values() for scope in scopes))
