"""A plan that is one too many is marked, so that it is ended and what was paid for it is paid back, whenever that is known. Those that an
account has already are found by this.

Expand: the release before does not know the column.

Revision ID: 0039
"""

from realstaging.runtime.migrations.script import run

revision = "0039"
down_revision = "0038"

UP = """
alter table subscriptions add column extra_at timestamptz;
update subscriptions set extra_at = now() where id in (
  select id from (
    select id, row_number() over (partition by account_id order by created_at, id) as place from subscriptions
    where status not in ('canceled', 'incomplete', 'incomplete_expired')) as alive
  where place > 1);
"""
DOWN = "alter table subscriptions drop column extra_at"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
