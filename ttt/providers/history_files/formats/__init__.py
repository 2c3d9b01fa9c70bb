"""One module a format: what its rows are, and what each of them tells of."""
