"""Top tracks as Spotify ranks them, and Home."""
