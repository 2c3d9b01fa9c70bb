"""Top Track Tracker: a self-hosted dashboard for one's own music."""

__version__ = "0.1.0"
