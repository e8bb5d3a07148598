"""Invitations into an account, and the letters that were sent for them, by which they are limited.

Revision ID: 0026
"""

from realstaging.runtime.migrations.script import run

revision = "0026"
down_revision = "0025"

UP = """
create table invitations (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  email text not null,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  token_digest bytea not null unique,
  invited_by uuid not null references members (id),
  created_at timestamptz not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_by uuid references members (id),
  accepted_at timestamptz,
  revoked_at timestamptz
);
create unique index invitations_open on invitations (account_id, lower(email)) where accepted_by is null and revoked_at is null;
create index invitations_of_account on invitations (account_id, id desc) where accepted_by is null and revoked_at is null;
create table invitation_letters (
  id bigint generated always as identity primary key,
  account_id uuid not null references accounts (id),
  email text not null,
  sent_at timestamptz not null
);
create index invitation_letters_of_account on invitation_letters (account_id, sent_at);
create index invitation_letters_to_address on invitation_letters (email, sent_at);
"""

DOWN = """
drop table invitation_letters;
drop table invitations;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
