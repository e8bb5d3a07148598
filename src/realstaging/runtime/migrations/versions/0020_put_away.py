"""Projects are put away, and photos move from one to another.

Revision ID: 0020
"""

from realstaging.runtime.migrations.script import run

revision = "0020"
down_revision = "0019"

# What moved is counted in both projects, in the order of their ids: two moves in opposite directions wait for each other only once.
UP = """
alter table projects add column archived_at timestamptz;

create function count_projects_of_moved() returns trigger language plpgsql as $$
begin
  perform count_project(project_id) from (
    select distinct unnest(array[before.project_id, after.project_id]) as project_id
    from before join after using (id) where before.project_id is distinct from after.project_id order by 1) as moved;
  return null;
end $$;
create trigger count_moved after update on photos referencing old table as before new table as after
  for each statement execute function count_projects_of_moved();
create trigger count_moved after update on stagings referencing old table as before new table as after
  for each statement execute function count_projects_of_moved();
"""

DOWN = """
drop trigger count_moved on photos;
drop trigger count_moved on stagings;
drop function count_projects_of_moved;
alter table projects drop column archived_at;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
