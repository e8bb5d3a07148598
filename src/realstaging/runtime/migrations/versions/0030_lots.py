"""Credit is in lots: each with where it is from, when it lapses, and what was taken from it for what.

Revision ID: 0030
"""

from realstaging.runtime.migrations.script import run

revision = "0030"
down_revision = "0029"

# What an account has and has set aside becomes its lot `opening`, which does not lapse. `check (available >= 0)` goes: a refund
# takes back what may be spent already. That a hold never does so stays, as a trigger.
#
# The release before writes entries without their lots (`in_lots` is false): the trigger `lots_of_the_release_before` writes them then.
UP = """
alter table ledger_accounts drop constraint ledger_accounts_available_check;
alter table ledger_accounts
  add column calendar_grants boolean not null default true,
  add column standing text not null default 'good' check (standing in ('good', 'grace', 'stopped')),
  add column standing_reason text not null default '';
create table lots (
  id uuid primary key,
  account_id uuid not null references ledger_accounts (account_id),
  source text not null check (source in ('plan', 'pack', 'grant', 'credit_back', 'opening')),
  reference text not null,
  amount bigint not null check (amount > 0),
  remaining bigint not null default 0 check (remaining between 0 and amount),
  state text not null default 'begun' check (state in ('coming', 'begun', 'canceled')),
  begins_at timestamptz not null default now(),
  expires_at timestamptz,
  lapses integer not null default 0,
  canceled_by text,
  paid_minor bigint check (paid_minor >= 0),
  paid_currency text,
  note text not null default '',
  created_at timestamptz not null default now(),
  unique (account_id, reference),
  check (expires_at >= begins_at),
  check (state = 'begun' or remaining = 0),
  check ((state = 'canceled') = (canceled_by is not null)),
  check ((paid_minor is null) = (paid_currency is null))
);
create index lots_to_use on lots (account_id) where remaining > 0;
create index lots_to_lapse on lots (expires_at) where remaining > 0;
create index lots_to_begin on lots (begins_at) where state = 'coming';
alter table ledger_entries
  add column lot_id uuid references lots (id),
  add column in_lots boolean not null default false,
  drop constraint ledger_entries_kind_check,
  drop constraint ledger_entries_check,
  add constraint ledger_entries_check check ((kind, debit, credit) in (('grant', 'granted', 'available'), ('hold', 'available', 'held'),
    ('settle', 'held', 'earned'), ('release', 'held', 'available'), ('lapse', 'available', 'lapsed'),
    ('take_back', 'available', 'granted'), ('give_again', 'granted', 'available'), ('credit_back', 'earned', 'available')));
create index ledger_entries_of_lot on ledger_entries (lot_id) where lot_id is not null;
create table lot_entries (
  entry_id bigint not null references ledger_entries (id),
  lot_id uuid not null references lots (id),
  amount bigint not null check (amount <> 0),
  primary key (entry_id, lot_id)
);
create index lot_entries_of_lot on lot_entries (lot_id);
create trigger lot_entries_stay before update or delete on lot_entries for each row execute function refuse_change();
alter table holds drop constraint holds_state_check,
  add constraint holds_state_check check (state in ('held', 'settled', 'released', 'credited'));
insert into lots (id, account_id, source, reference, amount, remaining, begins_at)
  select gen_random_uuid(), account_id, 'opening', 'opening', available + held, available, created_at
  from ledger_accounts where available + held > 0;
insert into lot_entries (entry_id, lot_id, amount)
  select ledger_entries.id, lots.id, -holds.amount
  from holds join ledger_entries on ledger_entries.account_id = holds.account_id and ledger_entries.kind = 'hold'
      and ledger_entries.reference = holds.staging_id || ':' || holds.turn
    join lots on lots.account_id = holds.account_id
  where holds.state = 'held';
alter table stagings drop constraint stagings_state_check,
  add constraint stagings_state_check check (state in ('queued', 'running', 'ready', 'failed', 'canceled', 'withdrawn')) not valid;
create table credit_backs (
  staging_id uuid primary key,
  account_id uuid not null references accounts (id),
  member_id uuid not null,
  reason text not null check (reason in ('house_changed', 'furniture_floats', 'wrong_style', 'other')),
  words text not null default '',
  amount bigint not null check (amount > 0),
  engine text not null,
  model text,
  prompt_version text,
  created_at timestamptz not null
);
create index credit_backs_of_account on credit_backs (account_id, created_at);
create index credit_backs_by_day on credit_backs (created_at);
create index holds_of_account_by_staging on holds (account_id, staging_id);
create function no_hold_beyond_credit() returns trigger language plpgsql as $$
begin
  raise exception 'a hold never takes what is not there' using errcode = 'check_violation';
end $$;
create trigger ledger_accounts_hold before update on ledger_accounts for each row
  when (new.held > old.held and new.available < old.available and new.available < 0) execute function no_hold_beyond_credit();
create function lots_of_the_release_before() returns trigger language plpgsql as $$
declare
  owed bigint := (select greatest(-available, 0) from ledger_accounts where account_id = new.account_id);
  wanted bigint := new.amount;
  part bigint;
  lot record;
begin
  if new.kind = 'grant' then
    insert into lots (id, account_id, source, reference, amount, remaining, note, expires_at)
      values (gen_random_uuid(), new.account_id, case when new.reference like 'plan:%' then 'plan' else 'grant' end, new.reference,
        new.amount, greatest(new.amount - owed, 0), new.note, case when new.reference like 'plan:____-__'
          then (to_date(right(new.reference, 7), 'YYYY-MM') + interval '1 month') at time zone 'UTC' end)
      returning id, remaining into lot;
    if lot.remaining > 0 then
      insert into lot_entries (entry_id, lot_id, amount) values (new.id, lot.id, lot.remaining);
    end if;
  elsif new.kind = 'hold' then
    for lot in select id, remaining from lots where account_id = new.account_id and remaining > 0
        order by expires_at nulls last, array_position(array['plan', 'credit_back', 'grant', 'opening', 'pack'], source), created_at, reference loop
      part := least(lot.remaining, wanted);
      exit when part = 0;
      update lots set remaining = remaining - part where id = lot.id;
      insert into lot_entries (entry_id, lot_id, amount) values (new.id, lot.id, -part);
      wanted := wanted - part;
    end loop;
  elsif new.kind = 'release' then
    for lot in select lot_entries.lot_id as id, -lot_entries.amount as taken
        from lot_entries join ledger_entries on ledger_entries.id = entry_id
        where ledger_entries.account_id = new.account_id and kind = 'hold' and reference = new.reference loop
      part := greatest(lot.taken - owed, 0);
      owed := greatest(owed - lot.taken, 0);
      if part > 0 then
        update lots set remaining = remaining + part where id = lot.id;
        insert into lot_entries (entry_id, lot_id, amount) values (new.id, lot.id, part);
      end if;
    end loop;
  end if;
  return null;
end $$;
create trigger lots_of_the_release_before after insert on ledger_entries for each row
  when (not new.in_lots) execute function lots_of_the_release_before();
"""

# Entries stay, whatever they say: the checks below hold for what is written from now on. Who owes something is forgiven it, as the
# release before knows no balance below zero.
DOWN = """
drop trigger lots_of_the_release_before on ledger_entries;
drop function lots_of_the_release_before;
drop trigger ledger_accounts_hold on ledger_accounts;
drop function no_hold_beyond_credit;
insert into ledger_entries (account_id, kind, debit, credit, amount, reference, note)
  select account_id, 'grant', 'granted', 'available', -available, 'forgiven:' || gen_random_uuid(), 'what was owed'
  from ledger_accounts where available < 0;
update ledger_accounts set available = 0 where available < 0;
update holds set state = 'settled' where state = 'credited';
alter table holds drop constraint holds_state_check,
  add constraint holds_state_check check (state in ('held', 'settled', 'released'));
drop index holds_of_account_by_staging;
drop table credit_backs;
update stagings set state = 'ready' where state = 'withdrawn';
alter table stagings drop constraint stagings_state_check,
  add constraint stagings_state_check check (state in ('queued', 'running', 'ready', 'failed', 'canceled'));
drop table lot_entries;
alter table ledger_entries
  drop constraint ledger_entries_check,
  drop column lot_id,
  drop column in_lots,
  add constraint ledger_entries_kind_check check (kind in ('grant', 'hold', 'settle', 'release')) not valid,
  add constraint ledger_entries_check check ((kind, debit, credit) in (('grant', 'granted', 'available'), ('hold', 'available', 'held'),
    ('settle', 'held', 'earned'), ('release', 'held', 'available'))) not valid;
drop table lots;
alter table ledger_accounts
  drop column calendar_grants,
  drop column standing,
  drop column standing_reason,
  add constraint ledger_accounts_available_check check (available >= 0);
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
