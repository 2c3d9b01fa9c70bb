"""Derives which told plays count, and keeps those that do as pages, a year each."""
