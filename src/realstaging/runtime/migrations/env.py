"""Alembic's entry: one transaction, a short lock timeout so that a migration gives way to traffic rather than stop it."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
connection.execute(text("set lock_timeout = '5s'"))
connection.commit()
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
