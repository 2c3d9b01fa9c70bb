"""Lists as files: tables, playlists and receipts of what was read."""
