"""Accounts elsewhere whose plays are public: read page by page, the newest first."""
