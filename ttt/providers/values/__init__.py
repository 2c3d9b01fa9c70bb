"""Who can be asked for values of tracks, one module each."""
