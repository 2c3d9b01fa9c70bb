"""Copies of the database: taken while the app runs, checked, put back while it does not."""
