"""What Alembic runs for each command: the scripts, on the connection and in the transaction of `migrate`."""

from alembic import context

from worker.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite too: the transaction is begun by hand
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
