"""Parts that stand beside the charts: Spotify's own list, and the tracks of a stretch of time."""
