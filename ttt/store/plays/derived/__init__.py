"""What is derived of plays: their pages, and what has to be derived anew."""
