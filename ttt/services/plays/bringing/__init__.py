"""Files that people bring: on their way in, read, asked about, imported, with a receipt."""
