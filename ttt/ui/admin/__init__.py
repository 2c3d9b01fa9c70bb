"""What admins see and decide."""
