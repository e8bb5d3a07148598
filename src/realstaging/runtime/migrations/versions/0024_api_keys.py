"""API keys, and the accounts that test keys work in.

Revision ID: 0024
"""

from realstaging.runtime.migrations.script import run

revision = "0024"
down_revision = "0023"

# Of a key its digest alone is kept. A test key is listed in the account that made it and works in that account's test account.
UP = """
alter table accounts add column test_of uuid unique references accounts (id);
create table api_keys (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  works_in uuid not null references accounts (id),
  digest bytea not null unique,
  name text not null,
  mode text not null check (mode in ('live', 'test')),
  ends_with text not null,
  scopes text[] not null,
  addresses text[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by text not null,
  expires_at timestamptz,
  last_used_on date,
  replaced_by uuid references api_keys (id),
  revoked_at timestamptz
);
create index api_keys_of_account on api_keys (account_id, id);
"""

DOWN = """
drop table api_keys;
alter table accounts drop column test_of;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
