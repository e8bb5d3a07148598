"""What was asked of a staging besides furniture, its draft, and the proof that the house is unchanged.

Revision ID: 0003
"""

from realstaging.runtime.migrations.script import run

revision = "0003"
down_revision = "0002"

# A style is of no use where things are only taken away.
UP = """
alter table stagings
  alter column style drop not null,
  add column operation text not null default 'stage' check (operation in ('stage', 'declutter', 'empty')),
  add column wishes text not null default '',
  add column draft_key text,
  add column fidelity jsonb,
  add constraint staging_has_style check ((operation = 'stage') = (style is not null));
"""

DOWN = """
delete from stagings where operation <> 'stage';
alter table stagings
  drop constraint staging_has_style, drop column operation, drop column wishes, drop column draft_key, drop column fidelity,
  alter column style set not null;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
