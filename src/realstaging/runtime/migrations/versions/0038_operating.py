"""Operating: switches that close a part of the service, incidents that people are told of, and what the last inventory of storage found.

Expand: tables and a column that the release before does not know.

Revision ID: 0038
"""

from realstaging.runtime.migrations.script import run

revision = "0038"
down_revision = "0037"

# A switch without a row is on. Incidents are only added to: what people were told stays told.
UP = """
create table switches (
  name text primary key,
  is_on boolean not null,
  words text not null default '',
  author text not null,
  set_at timestamptz not null
);
create table incidents (
  id uuid primary key,
  title text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  check (ended_at >= began_at)
);
create index incidents_shown on incidents (began_at) where ended_at is null;
create index incidents_over on incidents (ended_at) where ended_at is not null;
create table incident_reports (
  id uuid primary key,
  incident_id uuid not null references incidents (id),
  text text not null,
  author text not null,
  written_at timestamptz not null
);
create index incident_reports_of on incident_reports (incident_id, id);
create index ledger_entries_credited_back on ledger_entries (created_at) where kind = 'credit_back';
alter table last_done add column details jsonb not null default '{}';
"""

DOWN = """
alter table last_done drop column details;
drop index ledger_entries_credited_back;
drop table incident_reports, incidents, switches;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
