"""Upload links: photos come into a project from people who do not sign in.

Revision ID: 0025
"""

from realstaging.runtime.migrations.script import run

revision = "0025"
down_revision = "0024"

# Of a link its digest alone is kept. What came by one keeps its id and who sent it; the link may be gone.
UP = """
create table upload_links (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  project_id uuid not null references projects (id),
  digest bytea not null unique,
  name text,
  ends_with text not null,
  files integer not null check (files > 0),
  created_at timestamptz not null default now(),
  created_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index upload_links_of_project on upload_links (project_id, id);
alter table uploads add column link_id uuid, add column sent_by text;
alter table photos add column link_id uuid, add column sent_by text;
create index uploads_of_link on uploads (link_id) where link_id is not null;
create index photos_of_link on photos (link_id) where link_id is not null;
"""

DOWN = """
alter table photos drop column link_id, drop column sent_by;
alter table uploads drop column link_id, drop column sent_by;
drop table upload_links;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
