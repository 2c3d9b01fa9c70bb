"""The demo Spotify: accounts service and Web API over HTTP, answering from the catalogue."""
