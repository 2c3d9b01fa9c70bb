"""How figures stand on a page: told as data, drawn by the browser when they come into view."""
