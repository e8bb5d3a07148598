"""Mail: letters on their way, what nobody wants, whom nobody writes to; and who asked for a staging, together with which others.

Revision ID: 0021
"""

from realstaging.runtime.migrations.script import run

revision = "0021"
down_revision = "0020"

# Stagings asked for before have neither: they are nobody's batch. What stands for an address is `mail.addresses.digest`.
UP = """
alter table stagings add column requested_by uuid, add column batch_id uuid;
create index stagings_of_batch on stagings (batch_id) where batch_id is not null;
create table letters (
  id uuid primary key,
  account_id uuid references accounts (id),
  kind text not null,
  dedupe_key text not null unique,
  address_digest bytea not null,
  letter jsonb not null,
  message_id text not null,
  state text not null check (state in ('waiting', 'sent', 'unsent', 'unwanted', 'suppressed', 'refused', 'given_up')),
  turn int not null default 0,
  reason text,
  created_at timestamptz not null,
  over_at timestamptz,
  check ((state = 'waiting') = (over_at is null))
);
create index letters_to_address on letters (address_digest, over_at) where state = 'sent';
create index letters_of_account on letters (account_id, over_at) where state = 'sent';
create index letters_over on letters (over_at);
create index letters_waiting on letters (created_at) where state = 'waiting';
create table letter_choices (
  address_digest bytea not null,
  kind text not null,
  wanted boolean not null,
  changed_at timestamptz not null default now(),
  primary key (address_digest, kind)
);
create table suppressed_addresses (
  address_digest bytea primary key,
  reason text not null check (reason in ('bounce', 'complaint')),
  told_by text not null,
  created_at timestamptz not null default now()
);
"""

DOWN = """
drop table suppressed_addresses;
drop table letter_choices;
drop table letters;
alter table stagings drop column requested_by, drop column batch_id;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
