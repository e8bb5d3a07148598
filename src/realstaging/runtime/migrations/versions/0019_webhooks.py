"""Webhooks out: endpoints of accounts, what they are told, every attempt, and up to when a project's end was told.

Revision ID: 0019
"""

from realstaging.runtime.migrations.script import run

revision = "0019"
down_revision = "0018"

UP = """
create table webhook_endpoints (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  url text not null,
  description text not null,
  events text[] not null,
  enabled boolean not null default true,
  disabled_reason text,
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  failures integer not null default 0,
  failing_since timestamptz,
  warned_at timestamptz,
  paused_until timestamptz,
  runner uuid,
  created_at timestamptz not null
);
create index webhook_endpoints_of_account on webhook_endpoints (account_id);

create table webhook_deliveries (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoints (id) on delete cascade,
  type text not null,
  body text not null,
  state text not null default 'waiting',
  tries integer not null default 0,
  next_at timestamptz,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_at) where state = 'waiting';
create index webhook_deliveries_newest on webhook_deliveries (endpoint_id, id);
create index webhook_deliveries_by_age on webhook_deliveries (created_at);

create table webhook_attempts (
  id uuid primary key,
  delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
  at timestamptz not null,
  url text not null,
  status integer,
  answer text not null,
  error text,
  milliseconds integer not null
);
create index webhook_attempts_of_delivery on webhook_attempts (delivery_id, id);

create table webhook_completions (
  project_id uuid primary key references projects (id) on delete cascade,
  ready_at timestamptz not null
);
"""

DOWN = """
drop table webhook_completions, webhook_attempts, webhook_deliveries, webhook_endpoints;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
