"""From a title and an artist to a track."""
