"""Accounts elsewhere to which listens are passed on."""
