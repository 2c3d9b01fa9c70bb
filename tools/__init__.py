"""What `make` runs before and beside the app: scripts for developers and for the first start."""
