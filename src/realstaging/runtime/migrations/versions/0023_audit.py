"""The audit trail: who did what to what, from where. Written once; only time takes an entry away.

Revision ID: 0023
"""

from realstaging.runtime.migrations.script import run

revision = "0023"
down_revision = "0022"

# No foreign keys: what is gone stays written down. Entries are refused every change by the database itself; `forget_audit` alone takes
# old ones away, and none that is younger than 30 days, whatever it is told.
UP = """
create table audit_entries (
  id uuid primary key,
  created_at timestamptz not null,
  account_id uuid,
  action text not null,
  subject text,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  address text not null,
  device text not null,
  details jsonb not null
);
create index audit_entries_of_account on audit_entries (account_id, id);
create index audit_entries_of_actor on audit_entries (account_id, actor_id, id);
create index audit_entries_of_subject on audit_entries (account_id, subject, id);
create index audit_entries_by_age on audit_entries (created_at);
create unique index audit_entries_sign_ins on audit_entries (account_id, actor_id, device, ((created_at at time zone 'UTC')::date))
  where action = 'person.signed_in';

create function audit_entries_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.created_at < nullif(current_setting('realstaging.forget_before', true), '')::timestamptz then
      return old;
    end if;
  end if;
  raise exception 'Entries of the audit trail are neither changed nor taken away.';
end $$;
create trigger audit_entries_stay before update or delete on audit_entries
  for each row execute function audit_entries_stay();
create trigger audit_entries_stay_all before truncate on audit_entries
  for each statement execute function audit_entries_stay();

create function forget_audit(before timestamptz, most integer) returns integer language plpgsql as $$
declare
  gone integer;
begin
  perform set_config('realstaging.forget_before', least(before, now() - interval '30 days')::text, true);
  delete from audit_entries where id in (
    select id from audit_entries where created_at < least(before, now() - interval '30 days') order by created_at limit most);
  get diagnostics gone = row_count;
  perform set_config('realstaging.forget_before', '', true);
  return gone;
end $$;

alter table jobs add column asked_by uuid;
"""

DOWN = """
alter table jobs drop column asked_by;
drop table audit_entries;
drop function forget_audit(timestamptz, integer), audit_entries_stay();
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
