"""How admins have set up the models of the paid engine, every version of it.

Revision ID: 0004
"""

from realstaging.runtime.migrations.script import run

revision = "0004"
down_revision = "0003"

# The newest row of a model is in force. Secrets are sealed before they come here.
UP = """
create table model_settings (
  id bigint generated always as identity primary key,
  model text not null,
  configuration jsonb not null,
  secrets jsonb not null,
  author text not null check (author <> ''),
  created_at timestamptz not null default now()
);
create index model_settings_newest on model_settings (model, id desc);
create function refuse_new_past() returns trigger language plpgsql as
  $$ begin raise exception 'versions are append-only'; end $$;
create trigger model_settings_stay before update or delete on model_settings for each row execute function refuse_new_past();
create trigger model_configurations_stay before update or delete on model_configurations
  for each row execute function refuse_new_past();
"""

DOWN = """
drop trigger model_configurations_stay on model_configurations;
drop table model_settings;
drop function refuse_new_past;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
