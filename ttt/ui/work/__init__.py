"""What goes on in the background, and what became of what people did."""
