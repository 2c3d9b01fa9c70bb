"""What the app can do, one verb a function; each owns its transaction."""
