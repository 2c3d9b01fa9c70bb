"""What was heard for the first time, stayed, left, was forgotten and came back."""
