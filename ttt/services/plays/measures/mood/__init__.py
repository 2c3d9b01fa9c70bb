"""How what was heard sounds and what it is: values by the time heard, genres, years and keys."""
