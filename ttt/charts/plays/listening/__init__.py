"""How much was heard, and when: over time, day by day, and by the hours of the week."""
