"""What people tell of themselves: a profile beside their name, with a version that ETags tell, and a small photo.

Expand: new columns with defaults, which the release before neither reads nor writes.

Revision ID: 0027
"""

from realstaging.runtime.migrations.script import run

revision = "0027"
down_revision = "0026"

UP = """
alter table people
  add column profile jsonb not null default '{}',
  add column profile_version bigint not null default 0,
  add column photo bytea check (octet_length(photo) <= 200000),
  add column photo_digest text;
"""

DOWN = (
    "alter table people drop column profile, drop column profile_version, drop column photo, drop column photo_digest;"
)


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
