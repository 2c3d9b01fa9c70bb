"""What languages call months, the halves of a day, and what was listened to."""
