"""A plan that was one too many is marked when it is found, so that what was paid for it is paid back whenever that is known.

Expand: the release before does not know the column.

Revision ID: 0039
"""

from realstaging.runtime.migrations.script import run

revision = "0039"
down_revision = "0038"

UP = "alter table subscriptions add column extra_at timestamptz"
DOWN = "alter table subscriptions drop column extra_at"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
