"""Alembic's entry: a transaction for each migration, a short lock timeout so that it gives way to traffic rather than stop it."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
connection.execute(text("set timezone = 'UTC'"))
connection.execute(text(f"set lock_timeout = {round(context.config.attributes['lock'] * 1000)}"))
connection.commit()
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
