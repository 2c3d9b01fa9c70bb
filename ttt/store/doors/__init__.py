"""Sessions, tries, second factors and links that are good once."""
