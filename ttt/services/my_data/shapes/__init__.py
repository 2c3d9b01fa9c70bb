"""What stands in each file: a model for each kind of record, whose descriptions document it."""
