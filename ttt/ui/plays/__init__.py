"""What people played: bringing and recording it, and the pages that show it over time."""
