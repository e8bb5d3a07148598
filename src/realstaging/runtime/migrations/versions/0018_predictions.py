"""What will become of a photo, told once its room has been read.

Revision ID: 0018
"""

from realstaging.runtime.migrations.script import run

revision = "0018"
down_revision = "0017"

# Photos uploaded before have none: they are staged as they were.
UP = """
alter table originals add column prediction jsonb;
"""

DOWN = """
alter table originals drop column prediction;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
