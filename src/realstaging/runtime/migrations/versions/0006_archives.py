"""ZIPs of a project's results, made by a job and kept for a day.

Revision ID: 0006
"""

from realstaging.runtime.migrations.script import run

revision = "0006"
down_revision = "0005"

UP = """
create table archives (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  project_id uuid not null references projects (id),
  job_id uuid not null,
  kind text not null,
  staging_ids uuid[] not null,
  fingerprint text not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'ready', 'failed')),
  attempt int not null default 0,
  progress real not null default 0,
  left_out int not null default 0,
  key text,
  size bigint,
  error text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check (state <> 'ready' or (key is not null and size is not null))
);
create index archives_of_project on archives (project_id, fingerprint);
create index archives_of_account on archives (account_id) where state in ('queued', 'running');
create index archives_over on archives (expires_at);
"""

DOWN = "drop table archives"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
