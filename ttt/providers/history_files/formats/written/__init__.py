"""How times, months and lengths are written: in words of many languages, and as numbers."""
