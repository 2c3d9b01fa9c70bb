"""Everything that the server holds on a person: as one zip file, and from one on another server."""
