"""Public charts and play counts: titles and artists in order, without Spotify ids."""
