"""The builder's draft."""
