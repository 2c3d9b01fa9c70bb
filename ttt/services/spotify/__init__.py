"""A person's Spotify: connection, token, look-ups, search and playback."""
