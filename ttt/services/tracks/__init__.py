"""Tracks as pages show them: rows, filters, captions and where values came from."""
