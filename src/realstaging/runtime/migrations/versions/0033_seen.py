"""Seeing: events keep the step that told them, processes say that they live, and what was last done outside of them is written down.

Expand: a column and tables that the release before does not know.

Revision ID: 0033
"""

from realstaging.runtime.migrations.script import run

revision = "0033"
down_revision = "0032"

UP = """
alter table events add column trace text;
create table heartbeats (
  instance uuid not null,
  process text not null check (process in ('api', 'worker')),
  release text not null,
  began_at timestamptz not null,
  beat_at timestamptz not null,
  primary key (instance, process)
);
create table last_done (
  what text primary key,
  done_at timestamptz not null
);
create index attempts_ended on attempts (ended_at) where ended_at is not null;
create index stagings_finished on stagings (finished_at) where finished_at is not null;
create index ledger_entries_settled on ledger_entries (created_at) where kind = 'settle';
"""

DOWN = """
drop index attempts_ended, stagings_finished, ledger_entries_settled;
drop table heartbeats, last_done;
alter table events drop column trace;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
