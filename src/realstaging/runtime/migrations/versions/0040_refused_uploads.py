"""A file that came by an upload link and was refused keeps its row as long as something may be sent to its address. Old
idempotency keys are found by their age. Who asked for a staging is known when the staging is forgotten: a month's limit is counted by it.

Expand: the release before does not know the columns; it deletes refused files at once, as it did, and its holds are counted by their
stagings.

Revision ID: 0040
"""

from realstaging.runtime.migrations.script import run

revision = "0040"
down_revision = "0039"

UP = """
alter table uploads add column refused_at timestamptz;
alter table holds add column requested_by uuid;
create index uploads_refused on uploads (created_at) where refused_at is not null and photo_id is null;
create index idempotency_keys_by_age on idempotency_keys (created_at);
"""
DOWN = """
drop index uploads_refused, idempotency_keys_by_age;
alter table uploads drop column refused_at;
alter table holds drop column requested_by;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
