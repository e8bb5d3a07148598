"""Payments: who an account is at Stripe, what it bought there, what was paid and given back, and what Stripe told.

Revision ID: 0034
"""

from realstaging.runtime.migrations.script import run

revision = "0034"
down_revision = "0033"

# `ticket` is taken before an object is read at Stripe: what was read before is never written over what was read after.
UP = """
alter table ledger_accounts add column seats integer not null default 1 check (seats > 0);
create sequence stripe_reads;
create table free_grants (
  account_id uuid not null references accounts (id),
  month date not null,
  mailbox bytea not null,
  place integer not null,
  address bytea,
  device bytea,
  created_at timestamptz not null,
  primary key (account_id, month),
  unique (month, mailbox, place)
);
create index free_grants_by_address on free_grants (month, address);
create index free_grants_by_device on free_grants (month, device);
create table customers (
  account_id uuid primary key references accounts (id),
  customer_id text unique,
  generation integer not null default 1,
  name text not null,
  email text not null,
  asked_at timestamptz not null,
  currency text,
  created_at timestamptz not null
);
create table checkout_sessions (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  session_id text unique,
  plan text,
  every text check (every in ('month', 'year')),
  seats integer,
  pack text,
  currency text not null,
  state text not null default 'open' check (state in ('open', 'paid', 'waiting', 'over')),
  url text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ticket bigint not null default 0,
  check ((plan is null) <> (pack is null)),
  check ((plan is null) = (every is null) and (plan is null) = (seats is null))
);
create index checkout_sessions_of_account on checkout_sessions (account_id, created_at);
create table subscriptions (
  id text primary key,
  account_id uuid not null references accounts (id),
  status text not null,
  plan text not null,
  every text not null check (every in ('month', 'year')),
  seats integer not null check (seats > 0),
  currency text not null,
  item_id text not null,
  anchor timestamptz not null,
  period_start timestamptz not null,
  period_end timestamptz not null,
  trial_end timestamptz,
  cancels_at timestamptz,
  late_since timestamptz,
  paused_at timestamptz,
  schedule_id text,
  next_plan text,
  next_every text,
  next_seats integer,
  next_at timestamptz,
  by_request boolean not null default false,
  ended_at timestamptz,
  created_at timestamptz not null,
  ticket bigint not null
);
create index subscriptions_of_account on subscriptions (account_id);
create index subscriptions_alive on subscriptions (period_end) where ended_at is null;
create table payments (
  reference text primary key,
  id uuid not null unique,
  account_id uuid not null references accounts (id),
  subscription_id text,
  invoice_id text unique,
  pack text,
  description text not null,
  state text not null check (state in ('open', 'paid', 'void', 'uncollectible')),
  total_minor bigint not null check (total_minor >= 0),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  currency text not null,
  granted bigint not null default 0 check (granted >= 0),
  taken bigint not null default 0 check (taken >= 0),
  payment_intent text,
  number text,
  hosted_url text,
  pdf_url text,
  period_start timestamptz,
  period_end timestamptz,
  failed_at timestamptz,
  created_at timestamptz not null,
  paid_at timestamptz,
  ticket bigint not null,
  check (taken <= granted)
);
create index payments_of_account on payments (account_id, id);
create index payments_by_intent on payments (payment_intent) where payment_intent is not null;
create table give_backs (
  id text primary key,
  reference text not null references payments (reference),
  kind text not null check (kind in ('refund', 'dispute', 'credit_note')),
  amount_minor bigint not null check (amount_minor >= 0),
  state text not null check (state in ('open', 'back', 'undone')),
  reason text not null default '',
  credit bigint not null default 0 check (credit >= 0),
  forgiven_at timestamptz,
  created_at timestamptz not null,
  ticket bigint not null
);
create index give_backs_of_payment on give_backs (reference);
create table stripe_events (
  id text primary key,
  type text not null,
  object_id text not null,
  api_version text,
  created_at timestamptz not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  outcome text
);
create index stripe_events_by_time on stripe_events (received_at);
create table reconciliations (
  id uuid primary key,
  started_at timestamptz not null,
  ended_at timestamptz,
  differences jsonb not null default '[]'
);
create index reconciliations_by_time on reconciliations (started_at);
"""

DOWN = """
drop table free_grants, reconciliations, stripe_events, give_backs, payments, subscriptions, checkout_sessions, customers;
drop sequence stripe_reads;
alter table ledger_accounts drop column seats;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
