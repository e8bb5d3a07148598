"""What a person knows better than the room reading, and a plan to be rendered again.

Revision ID: 0005
"""

from realstaging.runtime.migrations.script import run

revision = "0005"
down_revision = "0004"

UP = "alter table stagings add column corrections jsonb, add column given_plan jsonb"
DOWN = "alter table stagings drop column corrections, drop column given_plan"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
