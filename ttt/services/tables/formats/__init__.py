"""What holds a list and is no table: JSON, XML, saved web pages, playlists and lines of text."""
