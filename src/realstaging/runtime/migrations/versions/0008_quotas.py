"""What quotas count: the bytes of results; and what makes counting quick.

Revision ID: 0008
"""

from realstaging.runtime.migrations.script import run

revision = "0008"
down_revision = "0007"

# Results made before are counted as nothing.
UP = """
alter table stagings add column stored_bytes bigint not null default 0 check (stored_bytes >= 0);
create index stagings_stored on stagings (project_id) include (stored_bytes) where deleted_at is null and stored_bytes > 0;
create index stagings_in_flight on stagings (project_id) where state in ('queued', 'running') and deleted_at is null;
create index uploads_announced on uploads (project_id) include (size) where photo_id is null;
"""

DOWN = """
drop index uploads_announced, stagings_in_flight;
alter table stagings drop column stored_bytes;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
