"""What a lot that lapses holds of other credit is kept: the kind of entry `keep`, and of which lot a lot was kept. A plan that rests says
until when.

Expand: the release before writes no such entry, and does not know the columns.

Revision ID: 0037
"""

from realstaging.runtime.migrations.script import run

revision = "0037"
down_revision = "0034"

KINDS = """('grant', 'granted', 'available'), ('hold', 'available', 'held'), ('settle', 'held', 'earned'), ('release', 'held', 'available'),
    ('lapse', 'available', 'lapsed'), ('take_back', 'available', 'granted'), ('give_again', 'granted', 'available'),
    ('credit_back', 'earned', 'available')"""
UP = f"""
alter table lots add column kept_of uuid references lots (id);
create index lots_kept on lots (kept_of) where kept_of is not null;
alter table subscriptions add column resumes_at timestamptz;
alter table ledger_entries
  drop constraint ledger_entries_check,
  add constraint ledger_entries_check check ((kind, debit, credit) in ({KINDS}, ('keep', 'available', 'available')));
"""

# Entries stay, whatever they say: the check holds for what is written from now on. What was kept stays in its lots.
DOWN = f"""
alter table ledger_entries
  drop constraint ledger_entries_check,
  add constraint ledger_entries_check check ((kind, debit, credit) in ({KINDS})) not valid;
alter table subscriptions drop column resumes_at;
drop index lots_kept;
alter table lots drop column kept_of;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
