"""What is looked at before anything answers: who comes, by which name, and how many at once."""
