"""How what was heard sounds and what it is: moods over time, genres, years and keys."""
