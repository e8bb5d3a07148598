"""Accounts, projects, photos, stagings; jobs, events and idempotency keys.

Revision ID: 0001
"""

from realstaging.runtime.migrations.script import run

revision = "0001"
down_revision = None

UP = """
create table accounts (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);
create table members (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  issuer text not null,
  subject text not null,
  email text not null,
  name text not null,
  created_at timestamptz not null default now(),
  unique (issuer, subject)
);
create table projects (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  name text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index projects_of_account on projects (account_id, id desc) where deleted_at is null;

create table originals (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  sha256 text not null,
  key text not null,
  mime text not null,
  size bigint not null,
  width integer not null,
  height integer not null,
  created_at timestamptz not null default now(),
  unique (account_id, sha256)
);
create table uploads (
  id uuid primary key,
  project_id uuid not null references projects (id),
  name text not null,
  mime text not null,
  size bigint not null,
  sha256 text not null,
  key text not null,
  photo_id uuid,
  created_at timestamptz not null default now()
);
create index uploads_by_age on uploads (created_at);
create table photos (
  id uuid primary key,
  project_id uuid not null references projects (id),
  original_id uuid not null references originals (id),
  name text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index photos_of_project on photos (project_id, id) where deleted_at is null;
create index photos_of_original on photos (original_id) where deleted_at is null;

create table stagings (
  id uuid primary key,
  project_id uuid not null references projects (id),
  photo_id uuid not null references photos (id),
  job_id uuid,
  room_type text not null,
  style text not null,
  seed bigint not null,
  engine text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'ready', 'failed', 'canceled')),
  attempt integer not null default 0,
  step text,
  progress double precision not null default 0,
  error_code text,
  error_message text,
  untouched_share double precision,
  confidence double precision,
  seconds double precision,
  warnings jsonb not null default '[]',
  plan jsonb,
  result_key text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  deleted_at timestamptz
);
create index stagings_of_photo on stagings (photo_id, id) where deleted_at is null;
create index stagings_of_project on stagings (project_id) where deleted_at is null;

create table jobs (
  id uuid primary key,
  kind text not null,
  lane text not null,
  payload jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'dead')),
  attempt integer not null default 0,
  run_at timestamptz not null default now(),
  rung_at timestamptz not null default now(),
  lease_until timestamptz,
  error text,
  trace text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index jobs_waiting on jobs (run_at) where state = 'queued';
create index jobs_running on jobs (lease_until) where state = 'running';
create index jobs_dead on jobs (finished_at) where state = 'dead';

create table events (
  id bigint generated always as identity primary key,
  account_id uuid not null,
  kind text not null,
  data jsonb not null,
  created_at timestamptz not null default now()
);
create index events_of_account on events (account_id, id);

create table idempotency_keys (
  account_id uuid not null references accounts (id),
  key text not null,
  fingerprint text not null,
  status integer,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
"""

DOWN = """
drop table idempotency_keys, events, jobs, stagings, photos, uploads, originals, projects, members, accounts;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
