"""A person may be in several accounts: who signs in is a row of `people`, what they are in an account one of `members`.

Expand: the release before goes on finding and writing members by issuer and subject. A row that it writes gets its person and is an
owner's, as all are today; this release writes those names with the first membership of a person, and clears them when it ends. Contract,
in the release after this one: drop the trigger and the columns issuer, subject, email and name of `members`.

Revision ID: 0022
"""

from realstaging.runtime.migrations.script import run

revision = "0022"
down_revision = "0021"

UP = """
create table people (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  email text not null,
  email_verified boolean not null default false,
  name text not null,
  created_at timestamptz not null default now(),
  unique (issuer, subject)
);
alter table accounts
  add column kind text not null default 'person' check (kind in ('person', 'office')),
  add column suspended_at timestamptz;
alter table members
  add column person_id uuid references people (id),
  add column role text not null default 'owner' check (role in ('owner', 'admin', 'member', 'viewer')),
  add column suspended_at timestamptz,
  add column removed_at timestamptz,
  add column monthly_limit bigint,
  alter column issuer drop not null,
  alter column subject drop not null,
  alter column email drop not null,
  alter column name drop not null;
insert into people (id, issuer, subject, email, name, created_at)
  select id, issuer, subject, email, name, created_at from members;
update members set person_id = id;
alter table members alter column person_id set not null;
create unique index members_of_person on members (person_id, account_id);
create index members_of_account on members (account_id);
create function member_person() returns trigger language plpgsql as $$
begin
  if new.person_id is null then
    insert into people (id, issuer, subject, email, name) values (new.id, new.issuer, new.subject, new.email, new.name)
      on conflict (issuer, subject) do nothing;
    select id into new.person_id from people where issuer = new.issuer and subject = new.subject;
  end if;
  return new;
end
$$;
create trigger member_person before insert on members for each row execute function member_person();
"""

# Who came into a further account, or left one, the release before knows nothing of.
DOWN = """
drop trigger member_person on members;
drop function member_person;
drop index members_of_account;
delete from members where issuer is null;
alter table members
  drop column person_id, drop column role, drop column suspended_at, drop column removed_at, drop column monthly_limit,
  alter column issuer set not null, alter column subject set not null, alter column email set not null, alter column name set not null;
alter table accounts drop column kind, drop column suspended_at;
drop table people;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
