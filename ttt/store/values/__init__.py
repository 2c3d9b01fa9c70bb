"""Values of tracks, and how the services that give them stand."""
