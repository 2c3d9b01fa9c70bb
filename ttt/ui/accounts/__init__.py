"""Signing in, and all that people do about their own account."""
