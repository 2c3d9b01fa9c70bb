"""All SQL about plays: what was told, what counts, the pages, uploads and what records."""
