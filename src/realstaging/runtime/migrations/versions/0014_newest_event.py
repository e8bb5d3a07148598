"""Events tell which one came before them.

Revision ID: 0014
"""

from realstaging.runtime.migrations.script import run

revision = "0014"
down_revision = "0013"

# A function, because each of its statements sees what was committed before it: one statement that waits for the lock would read
# as of the moment before it waited (PostgreSQL documentation, 38.7 Function Volatility Categories).
UP = """
create function newest_event(account uuid) returns bigint language plpgsql volatile as $$
begin perform pg_advisory_xact_lock(hashtextextended(account::text, 0)); return (select coalesce(max(id), 0) from events where account_id = account); end
$$;
"""

DOWN = """
drop function newest_event;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
