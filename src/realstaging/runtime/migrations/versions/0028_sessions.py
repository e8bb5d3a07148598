"""Where people are signed in, from which devices they have been, and which sign-ins were ended.

Expand: tables that the release before does not know. While both run, the release before goes on letting in whose sign-in was ended.

Revision ID: 0028
"""

from realstaging.runtime.migrations.script import run

revision = "0028"
down_revision = "0027"

UP = """
create table sessions (
  id uuid primary key,
  person_id uuid not null references people (id) on delete cascade,
  issuer_session text not null,
  device text not null,
  address text not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null
);
create index sessions_of_person on sessions (person_id, last_seen);
create index sessions_by_use on sessions (last_seen);
create table devices (
  person_id uuid not null references people (id) on delete cascade,
  device text not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  primary key (person_id, device)
);
create table ended_sessions (
  id uuid primary key,
  ended_at timestamptz not null
);
create index ended_sessions_by_time on ended_sessions (ended_at);
"""

DOWN = "drop table sessions, devices, ended_sessions;"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
