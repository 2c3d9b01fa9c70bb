"""Told plays out again: as they are looked at, and as files that come back."""
