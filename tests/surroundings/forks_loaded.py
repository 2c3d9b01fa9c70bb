"""What the process that others are forked from imports: see forks.py."""

from tests.surroundings.forks import load_all

load_all()
