"""Whose job it is, and how often it failed.

Revision ID: 0010
"""

from realstaging.runtime.migrations.script import run

revision = "0010"
down_revision = "0009"

# `failures` counts runs that failed; `attempt` counts all of them, those handed back too, and never goes back.
# No index holds lease_until any more, so that a renewal each second touches no index (a heap-only tuple) where its page has room.
# When an account last had a turn on a lane: a crash of the database may forget that (unlogged), it costs somebody one turn.
UP = """
alter table jobs
  add column account_id uuid,
  add column failures integer not null default 0,
  set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
update jobs set failures = greatest(attempt - 1, 0) where state in ('queued', 'running');
create index jobs_of_lane on jobs (lane, (coalesce(account_id, '00000000-0000-0000-0000-000000000000')), run_at, id)
  where state = 'queued';
create index jobs_running_on_lane on jobs (lane, (coalesce(account_id, '00000000-0000-0000-0000-000000000000')))
  where state = 'running';
drop index jobs_waiting;
drop index jobs_running;
create unlogged table lane_turns (
  lane text not null,
  account_id uuid not null,
  served_at timestamptz not null,
  primary key (lane, account_id)
) with (fillfactor = 50);
"""

DOWN = """
drop table lane_turns;
create index jobs_waiting on jobs (run_at) where state = 'queued';
create index jobs_running on jobs (lease_until) where state = 'running';
drop index jobs_of_lane;
drop index jobs_running_on_lane;
alter table jobs drop column account_id, drop column failures, reset (fillfactor, autovacuum_vacuum_scale_factor);
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
