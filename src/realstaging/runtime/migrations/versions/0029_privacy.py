"""Privacy: exports of everything an account or a person has, and erasures.

Revision ID: 0029
"""

from realstaging.runtime.migrations.script import run

revision = "0029"
down_revision = "0028"

# What was erased outlives the account: no foreign keys. The audit trail of an account that is being erased may go, and no other.
UP = """
alter table accounts add column erased_at timestamptz;
create table erased_sign_ins (
  digest bytea primary key,
  erased_at timestamptz not null
);
create table exports (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  member_id uuid not null,
  person_id uuid,
  job_id uuid not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'ready', 'failed')),
  attempt integer not null default 0,
  key text,
  size bigint,
  error text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check (state <> 'ready' or (key is not null and size is not null))
);
create index exports_of_account on exports (account_id);
create index exports_over on exports (expires_at);
create table erasures (
  id uuid primary key,
  account_id uuid,
  person_id uuid,
  job_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'withdrawn', 'running', 'done')),
  requested_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  suspended_before boolean not null,
  tell jsonb not null default '[]',
  identities jsonb not null default '[]',
  deleted jsonb not null default '{}',
  receipt jsonb,
  check ((account_id is null) <> (person_id is null))
);
create unique index erasures_open_of_account on erasures (account_id) where state in ('waiting', 'running');
create unique index erasures_open_of_person on erasures (person_id) where state in ('waiting', 'running');
create index stagings_deleted on stagings (deleted_at) where deleted_at is not null;
create index photos_deleted on photos (deleted_at) where deleted_at is not null;
create index projects_deleted on projects (deleted_at) where deleted_at is not null;
create or replace function audit_entries_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.created_at < nullif(current_setting('realstaging.forget_before', true), '')::timestamptz
      or exists (select from accounts where id = old.account_id and erased_at is not null) then
      return old;
    end if;
  end if;
  raise exception 'Entries of the audit trail are neither changed nor taken away.';
end $$;
"""

DOWN = """
create or replace function audit_entries_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.created_at < nullif(current_setting('realstaging.forget_before', true), '')::timestamptz then
      return old;
    end if;
  end if;
  raise exception 'Entries of the audit trail are neither changed nor taken away.';
end $$;
drop index stagings_deleted, photos_deleted, projects_deleted;
drop table erasures;
drop table exports;
drop table erased_sign_ins;
alter table accounts drop column erased_at;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
