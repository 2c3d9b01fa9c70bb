"""How the server stands: whether all is there, and its numbers, for admins and machines."""
