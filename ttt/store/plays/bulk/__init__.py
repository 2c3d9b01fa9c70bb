"""Many rows at once, by the driver's own means where those are faster by far."""
