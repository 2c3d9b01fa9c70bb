"""What is packed into files: in zips, with gzip, in tar archives that gzip packed."""
