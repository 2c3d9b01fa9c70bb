"""All outside services and data sets, one module each."""
