"""The ledger, and what was asked of paid models.

Revision ID: 0002
"""

from realstaging.runtime.migrations.script import run

revision = "0002"
down_revision = "0001"

# Amounts are millionths of a US dollar. A ledger entry is one transfer: it debits one balance and credits another, so the
# books balance by construction; entries are never changed.
UP = """
create table ledger_accounts (
  account_id uuid primary key references accounts (id),
  plan text not null default 'free',
  available bigint not null default 0 check (available >= 0),
  held bigint not null default 0 check (held >= 0),
  monthly_budget bigint check (monthly_budget >= 0),
  created_at timestamptz not null default now()
);
create table ledger_entries (
  id bigint generated always as identity primary key,
  account_id uuid not null references ledger_accounts (account_id),
  kind text not null check (kind in ('grant', 'hold', 'settle', 'release')),
  debit text not null,
  credit text not null,
  amount bigint not null check (amount > 0),
  reference text not null,
  note text not null default '',
  created_at timestamptz not null default now(),
  unique (account_id, kind, reference),
  check ((kind, debit, credit) in (('grant', 'granted', 'available'), ('hold', 'available', 'held'),
    ('settle', 'held', 'earned'), ('release', 'held', 'available')))
);
create function refuse_change() returns trigger language plpgsql as
  $$ begin raise exception 'the ledger is append-only'; end $$;
create trigger ledger_entries_stay before update or delete on ledger_entries for each row execute function refuse_change();
create table holds (
  staging_id uuid primary key,
  account_id uuid not null references ledger_accounts (account_id),
  project_id uuid not null,
  amount bigint not null check (amount > 0),
  turn integer not null default 1,
  state text not null check (state in ('held', 'settled', 'released')),
  created_at timestamptz not null default now()
);
create index holds_of_account on holds (account_id, created_at) where state in ('held', 'settled');
create table budget_alerts (
  account_id uuid not null references ledger_accounts (account_id),
  month date not null,
  percent integer not null,
  created_at timestamptz not null default now(),
  primary key (account_id, month, percent)
);

create table model_configurations (
  id bigint generated always as identity primary key,
  chain jsonb not null,
  author text not null,
  created_at timestamptz not null default now()
);
alter table stagings add column settings jsonb;
create table attempts (
  token text primary key,
  wish text not null,
  staging_id uuid not null,
  number integer not null,
  model text not null,
  version text,
  seed bigint,
  prompt_version text not null,
  price bigint not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  prediction_id text unique,
  answer jsonb,
  cost bigint not null default 0,
  ended_at timestamptz,
  verdict text,
  reason text,
  stopping_at timestamptz,
  freed_at timestamptz,
  unique (wish, number)
);
create unique index attempts_open on attempts (wish) where verdict is null;
create index attempts_running on attempts (created_at) where sent_at is not null and ended_at is null;
create index attempts_of_staging on attempts (staging_id);
create index attempts_to_free on attempts (ended_at) where freed_at is null;
create table notices (
  id text primary key,
  token text not null,
  prediction jsonb not null,
  received_at timestamptz not null default now(),
  handled_at timestamptz
);
create index notices_by_age on notices (received_at);
"""

DOWN = """
drop table notices, attempts, model_configurations, budget_alerts, holds, ledger_entries, ledger_accounts;
drop function refuse_change;
alter table stagings drop column settings;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
