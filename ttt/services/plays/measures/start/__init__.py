"""What plays say on Home and Top tracks: the week so far, the newest, and those behind ranks."""
