"""What people say of their plays: what charts leave out, and which tracks are one recording."""
