"""What accounts and people choose: how long things are kept, which listing service a ZIP is for. Upload links of an account are listed.

Expand: new columns that may be null, which the release before neither reads nor writes.

Revision ID: 0032
"""

from realstaging.runtime.migrations.script import run

revision = "0032"
down_revision = "0030"

UP = """
alter table accounts
  add column keep_photos_days integer check (keep_photos_days > 0),
  add column keep_results_days integer check (keep_results_days > 0),
  add column keep_uploads_days integer check (keep_uploads_days > 0),
  add column keep_from timestamptz;
alter table archives add column mls_profile text;
create index upload_links_of_account on upload_links (account_id, id);
"""

DOWN = """
drop index upload_links_of_account;
alter table archives drop column mls_profile;
alter table accounts drop column keep_photos_days, drop column keep_results_days, drop column keep_uploads_days, drop column keep_from;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
