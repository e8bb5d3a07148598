"""Which originals have files, and files of originals that no row names (yet, or any more).

Revision ID: 0009
"""

from realstaging.runtime.migrations.script import run

revision = "0009"
down_revision = "0008"

UP = """
alter table originals add column freed_at timestamptz;
create table unclaimed_originals (
  key text primary key,
  free_after timestamptz not null
);
create index unclaimed_originals_due on unclaimed_originals (free_after);
"""
DOWN = """
drop table unclaimed_originals;
alter table originals drop column freed_at;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
