"""Alembic's entry: migrates over the connection that ttt.store.migrate opened."""

from alembic import context

from ttt.models import User

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=User.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
