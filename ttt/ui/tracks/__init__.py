"""Tracks as cards, tables and charts, with their filters and values."""
