"""Energy, valence, tempo and popularity of what was heard, weighted by the time heard."""
