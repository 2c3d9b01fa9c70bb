"""Listening over time: one module a chart."""
