"""What plays say on the pages that people start from: Home and Top tracks."""
