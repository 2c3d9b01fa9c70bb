"""What charts and headlines show, as plain data."""
