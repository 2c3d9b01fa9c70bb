"""Accounts and the audit trail."""
