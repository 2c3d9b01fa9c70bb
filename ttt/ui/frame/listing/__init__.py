"""Pages that list what there is, with what can be done about it: headings, rows, times."""
