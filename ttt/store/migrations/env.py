"""Alembic's entry: migrates over the connection that ttt.store.migrate opened."""

from alembic import context

from ttt.models import User
from ttt.store.migrate import is_whole

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=User.metadata,
    include_name=is_whole,
)
with context.begin_transaction():
    context.run_migrations()
