"""What the list of projects shows of each is counted when it changes, not whenever the list is read.

Revision ID: 0015
"""

from realstaging.runtime.migrations.script import run

revision = "0015"
down_revision = "0014"

# Counted anew rather than by one more or less, so that nothing can drift. In a function, because each of its statements sees what
# was committed before it: the count after the lock is of all that those have written who held it before. The row is a table's of its
# own: a project's is held by whoever puts something into it. What lies in a deleted project is counted no more, or a job that deletes
# a thousand photos would count a thousand times.
UP = """
create table project_figures (
  project_id uuid primary key references projects (id),
  photo_count integer not null default 0,
  ready_count integer not null default 0,
  cover_result text,
  cover_original uuid
) with (fillfactor = 50);
create index stagings_ready on stagings (project_id, finished_at desc) include (result_key)
  where state = 'ready' and deleted_at is null;

create function count_project(project uuid) returns void language plpgsql volatile as $$
begin
  perform from project_figures join projects on projects.id = project_id
    where project_id = project and deleted_at is null for update of project_figures;
  if not found then return; end if;
  update project_figures set
    photo_count = (select count(*) from photos where photos.project_id = project and deleted_at is null),
    ready_count = (select count(*) from stagings where stagings.project_id = project and state = 'ready' and deleted_at is null),
    cover_result = (select result_key from stagings where stagings.project_id = project and state = 'ready' and deleted_at is null
      order by finished_at desc limit 1),
    cover_original = (select original_id from photos where photos.project_id = project and deleted_at is null order by id limit 1)
  where project_id = project;
end $$;
create function count_projects_own() returns trigger language plpgsql as $$
begin perform count_project(coalesce(new.project_id, old.project_id)); return null; end $$;
create function begin_project_figures() returns trigger language plpgsql as $$
begin insert into project_figures (project_id) values (new.id); return null; end $$;

create trigger begin_figures after insert on projects for each row execute function begin_project_figures();
create trigger count_insert after insert on photos for each row execute function count_projects_own();
create trigger count_update after update of deleted_at on photos for each row
  when ((old.deleted_at is null) is distinct from (new.deleted_at is null)) execute function count_projects_own();
create trigger count_delete after delete on photos for each row execute function count_projects_own();
create trigger count_insert after insert on stagings for each row when (new.state = 'ready') execute function count_projects_own();
create trigger count_update after update of state, deleted_at, finished_at, result_key on stagings for each row
  when ((old.state = 'ready' or new.state = 'ready') and (old.state, old.deleted_at, old.finished_at, old.result_key) is distinct from
    (new.state, new.deleted_at, new.finished_at, new.result_key))
  execute function count_projects_own();
create trigger count_delete after delete on stagings for each row when (old.state = 'ready') execute function count_projects_own();

insert into project_figures (project_id) select id from projects;
select count_project(id) from projects where deleted_at is null;
"""

DOWN = """
drop trigger begin_figures on projects;
drop trigger count_insert on photos;
drop trigger count_update on photos;
drop trigger count_delete on photos;
drop trigger count_insert on stagings;
drop trigger count_update on stagings;
drop trigger count_delete on stagings;
drop function begin_project_figures, count_projects_own, count_project;
drop index stagings_ready;
drop table project_figures;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
