"""What the page of listening says of a stretch: its numbers, days, hours and sittings."""
