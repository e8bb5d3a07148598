"""`stagings.plan` is a plan, what stands where, and nothing else: how a paid engine's picture was made is told in a column of its own.

Revision ID: 0016
"""

from realstaging.runtime.migrations.script import run

revision = "0016"
down_revision = "0015"

# Workers of the release before go on writing it into `plan` while this one is rolled out, so that readers look for a plan's pieces.
UP = """
alter table stagings add column made_by jsonb;
update stagings set made_by = plan, plan = null where plan is not null and not plan ? 'pieces';
"""

DOWN = """
update stagings set plan = made_by where made_by is not null;
alter table stagings drop column made_by;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
