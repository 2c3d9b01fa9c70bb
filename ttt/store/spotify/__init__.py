"""Connections to Spotify, top lists and playlists that were sent."""
