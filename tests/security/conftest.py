"""The services, as their own tests have them."""

from tests.services.conftest import ada, bob, clock, context, migrated_sqlite, settings

__all__ = ["ada", "bob", "clock", "context", "migrated_sqlite", "settings"]
