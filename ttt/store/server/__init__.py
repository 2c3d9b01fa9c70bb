"""What the server asks of its own database: copies, counts, and whether it takes writes."""
