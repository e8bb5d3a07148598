"""Days on which all accounts together may cost us only so much without a result.

Revision ID: 0013
"""

from realstaging.runtime.migrations.script import run

revision = "0013"
down_revision = "0012"

UP = """
create table unpaid_days (day date primary key, paused_at timestamptz);
create index attempts_by_age on attempts (created_at);
"""

DOWN = """
drop index attempts_by_age;
drop table unpaid_days;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
