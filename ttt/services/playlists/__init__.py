"""Playlists at Spotify: sending one's own and taking in what is there."""
