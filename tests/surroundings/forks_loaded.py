"""What the process that others are forked from imports: see forks.py."""

from tests.surroundings.forks import load_all
from ttt.services.accounts import passwords

load_all()
# Hashing is to be slow: a fifth of a second for each password that somebody guesses at.
passwords.ROUNDS = 4
