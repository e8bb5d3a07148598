"""What was seen of a photo: that it is too dark, a panorama, a strip.

Revision ID: 0012
"""

from realstaging.runtime.migrations.script import run

revision = "0012"
down_revision = "0011"

# Photos uploaded before are taken as they were.
UP = """
alter table originals add column notes text[] not null default '{}';
"""

DOWN = """
alter table originals drop column notes;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
