"""What Spotify hands out: the extended history, account data and what was recently played."""
