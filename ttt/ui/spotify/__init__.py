"""Connecting Spotify, playing on it, and playlists there."""
