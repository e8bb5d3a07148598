"""Indexes by which stagings and holds are found that nobody would end.

Revision ID: 0007
"""

from realstaging.runtime.migrations.script import run

revision = "0007"
down_revision = "0006"

UP = """
create index stagings_open on stagings (id) where state in ('queued', 'running');
create index holds_open on holds (staging_id) where state = 'held';
"""
DOWN = "drop index stagings_open, holds_open"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
