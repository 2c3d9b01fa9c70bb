"""What people do with plays that are here: hide some of them, join tracks, take all of them out."""
