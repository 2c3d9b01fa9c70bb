"""The few calls of the Web API that the app makes, for one person."""

from collections.abc import Callable, Sequence
from typing import Literal

import spotipy

from ttt.errors import (
    NoActiveDevice,
    NotOffered,
    ReconnectNeeded,
    SpotifyNotFound,
    UnexpectedAnswer,
)
from ttt.found import (
    Device,
    FoundFeatures,
    FoundPlaylist,
    FoundTrack,
    NowPlaying,
    PlaylistList,
    PlaylistPage,
    TrackPage,
)
from ttt.providers.clock import Clock, utc_now
from ttt.providers.spotify import listening, parse, recent
from ttt.providers.spotify.auth import Flow, StoredToken
from ttt.providers.spotify.faults import AccessRefused
from ttt.providers.spotify.session import Session
from ttt.providers.spotify.token import TokenStore
from ttt.settings import Settings

Thing = Literal["track", "playlist"]


class Spotify:
    """One person's Spotify; each method is one request, and a refresh of the token when due."""

    def __init__(self, settings: Settings, store: TokenStore, now: Clock = utc_now) -> None:
        self._flow = Flow(settings, StoredToken(store), now)
        self._client = spotipy.Spotify(
            auth_manager=self._flow, requests_session=Session(settings, "api", now)
        )
        self._client.prefix = f"{settings.api_url}/v1/"

    def me(self) -> parse.Profile:
        """Return whose Spotify this is."""
        # spotipy's own method asks at "me/", which the documentation does not know.
        return parse.profile(self._ask(lambda: self._client._get("me")))

    def top_tracks(self, period: str, limit: int = 50, offset: int = 0) -> TrackPage:
        """Return the most played first; `period` is one of Spotify's time ranges."""
        top = self._client.current_user_top_tracks
        answer = self._ask(lambda: top(limit=limit, offset=offset, time_range=period))
        return parse.page(answer, limit, offset)

    def track(self, spotify_id: str) -> FoundTrack | None:
        """Return one track, None when what is said of it cannot be read.

        SpotifyNotFound when there is none that could be shown.
        """
        try:
            answer = self._ask(lambda: self._client.track(spotify_id), about="track")
        except spotipy.SpotifyException:
            # Raised before any request for what cannot be an id.
            raise SpotifyNotFound from None
        if not isinstance(answer, dict):
            raise UnexpectedAnswer("api")
        if parse.is_gone(answer):
            raise SpotifyNotFound
        return parse.track(answer, asked=spotify_id)

    def search(self, query: str, limit: int = 10) -> TrackPage:
        """Return the best matches first; development mode allows 10."""
        return parse.search(self._ask(lambda: self._client.search(query, limit=limit)))

    def recent(self) -> recent.RecentPlays:
        """Return the newest 50 plays. Without a cursor: Spotify has no older ones anyway."""
        played = self._client.current_user_recently_played
        return recent.plays(self._ask(lambda: played(limit=recent.MOST)))

    def audio_features(self, spotify_ids: Sequence[str]) -> dict[str, FoundFeatures]:
        """Return the features of at most 100 tracks by id; newer apps get SpotifyForbidden."""
        # spotipy's own method warns that it is deprecated, and asks at another address.
        get, ids = self._client._get, ",".join(spotify_ids)
        return parse.audio_features(self._ask(lambda: get("audio-features", ids=ids)))

    def playlists(self, offset: int = 0) -> PlaylistList:
        """Return 50 of the person's playlists, own and followed."""
        listed = self._client.current_user_playlists
        return listening.playlists(self._ask(lambda: listed(limit=50, offset=offset)))

    def create_playlist(self, name: str, description: str) -> FoundPlaylist:
        """Make a private playlist without rows."""
        create = self._client.current_user_playlist_create
        answer = self._ask(lambda: create(name, public=False, description=description))
        return listening.playlist(answer)

    def playlist_rows(self, playlist_id: str, offset: int = 0, limit: int = 50) -> PlaylistPage:
        """Return at most 50 rows of a playlist of the person's own, from `offset` on."""
        rows = self._client.playlist_items
        answer = self._ask(lambda: rows(playlist_id, limit=limit, offset=offset), about="playlist")
        return listening.playlist_page(answer, offset, limit)

    def add_to_playlist(self, playlist_id: str, uris: Sequence[str]) -> None:
        """Append at most 100 tracks."""
        # spotipy's own method sends a bare list, where the documentation wants an object.
        post, there = self._client._post, f"playlists/{playlist_id}/items"
        said = {"uris": list(uris)}
        listening.added(self._ask(lambda: post(there, payload=said), about="playlist"))

    def devices(self) -> list[Device]:
        """Return what the person can play on now."""
        return listening.devices(self._ask(self._client.devices))

    def now_playing(self) -> NowPlaying | None:
        """Return what plays or is paused, None when no device is active."""
        return listening.now_playing(self._call(self._client.current_playback))

    def play(self, uris: Sequence[str], device_id: str | None = None) -> None:
        """Play tracks, on the active device unless another is named."""
        self._command(lambda: self._client.start_playback(device_id, uris=list(uris)))

    def pause(self) -> None:
        """Pause on the active device."""
        self._command(self._client.pause_playback)

    def next(self) -> None:
        """Skip to the next track on the active device."""
        self._command(self._client.next_track)

    def _command(self, call: Callable[[], object]) -> None:
        """Tell the player something, which answers 404 when there is nothing to play on."""
        try:
            self._call(call)
        except NotOffered:
            raise NoActiveDevice from None

    def _ask(self, call: Callable[[], object], about: Thing | None = None) -> object:
        """Make a request that is answered; `about` says of what a 404 means that it is gone."""
        try:
            answer = self._call(call)
        except NotOffered:
            if about is None:
                raise
            raise SpotifyNotFound(about) from None
        if answer is None:
            # What spotipy makes of an answer that is no JSON.
            raise UnexpectedAnswer("api")
        return answer

    def _call(self, call: Callable[[], object]) -> object:
        """Make a request whose answer may be empty."""
        try:
            return call()
        except AccessRefused:
            return self._ask_renewed(call)

    def _ask_renewed(self, call: Callable[[], object]) -> object:
        """Ask once more with a renewed token: the access token may have ended early."""
        self._flow.renew()
        try:
            return call()
        except AccessRefused:
            raise ReconnectNeeded from None
