"""What a person would like besides is instructions (was wishes), what names a request to a provider is its request key (was wish).

Expand: the release before goes on writing and reading the old columns while this one runs beside it; a row that is written with one of
the two names gets the other. Neither is changed later. Contract, in the release after this one: drop the triggers, the old columns and
the unique constraint on one of them, which `attempts_of_request` replaces.

Revision ID: 0017
"""

from realstaging.runtime.migrations.script import run

revision = "0017"
down_revision = "0016"

UP = """
alter table stagings add column instructions text;
update stagings set instructions = wishes;
create function staging_words() returns trigger language plpgsql as $$
begin new.instructions := coalesce(new.instructions, new.wishes, ''); new.wishes := new.instructions; return new; end
$$;
create trigger staging_words before insert on stagings for each row execute function staging_words();
alter table attempts add column request_key text;
update attempts set request_key = wish;
create function attempt_words() returns trigger language plpgsql as $$
begin new.request_key := coalesce(new.request_key, new.wish); new.wish := new.request_key; return new; end
$$;
create trigger attempt_words before insert on attempts for each row execute function attempt_words();
create unique index attempts_of_request on attempts (request_key, number);
"""

DOWN = """
drop trigger attempt_words on attempts;
drop function attempt_words;
alter table attempts drop column request_key;
drop trigger staging_words on stagings;
drop function staging_words;
alter table stagings drop column instructions;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
