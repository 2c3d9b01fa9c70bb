"""Values of tracks: who is asked, within which limits, and what people set themselves."""
