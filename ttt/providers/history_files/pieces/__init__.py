"""Files in pieces of about 1 MB, cut where rows end: JSON arrays and lines, and tables."""
