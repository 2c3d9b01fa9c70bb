"""Public charts and what one plays at Last.fm."""
