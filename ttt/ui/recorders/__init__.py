"""Who records plays from now on: Spotify's list, players that send here, accounts elsewhere."""
