"""What attempts cost without a result, by account; and how often it was tried to end one.

Revision ID: 0011
"""

from realstaging.runtime.migrations.script import run

revision = "0011"
down_revision = "0010"

# Attempts written by a release before meanwhile have no account: they are not counted.
UP = """
alter table attempts add column account_id uuid, add column stake bigint not null default 0 check (stake >= 0),
  add column stops integer not null default 0;
update attempts set account_id = projects.account_id from stagings join projects on projects.id = stagings.project_id
  where stagings.id = staging_id;
create index attempts_of_account on attempts (account_id, created_at);
create index attempts_unended on attempts (token) where ended_at is null;
"""

DOWN = """
drop index attempts_unended, attempts_of_account;
alter table attempts drop column account_id, drop column stake, drop column stops;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
