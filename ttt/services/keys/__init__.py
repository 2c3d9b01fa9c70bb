"""The secret key, what it encrypts, and files that are this user's alone."""
