"""Tests in a real Chromium, which is kept from one file of them to the next."""
