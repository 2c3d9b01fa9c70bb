"""Of all told plays together, which count: pure, without a database."""
