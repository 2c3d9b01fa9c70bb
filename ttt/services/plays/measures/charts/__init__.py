"""A person's own charts, a week or a month each."""
