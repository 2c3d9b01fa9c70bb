"""What is packed into files: in zips, in tar archives, and with gzip or xz."""
