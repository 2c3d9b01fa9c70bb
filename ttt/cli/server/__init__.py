"""Commands about the server itself: starting it, its database, its background work and its key."""
