"""What is packed into files: in zips, in tar archives, and with gzip, xz or bzip2."""
