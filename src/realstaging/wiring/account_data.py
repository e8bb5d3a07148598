"""Every domain that keeps something of accounts or people, the lowest first: what exports and erasures walk (decision 105)."""

from __future__ import annotations

from typing import Final

from realstaging.domains.accounts import account_data as accounts
from realstaging.domains.archives import account_data as archives
from realstaging.domains.attempts import account_data as attempts
from realstaging.domains.audit import account_data as audit
from realstaging.domains.billing import account_data as billing
from realstaging.domains.invitations import account_data as invitations
from realstaging.domains.keys import account_data as keys
from realstaging.domains.notifications import account_data as notifications
from realstaging.domains.payments import account_data as payments
from realstaging.domains.photos import account_data as photos
from realstaging.domains.privacy import account_data as privacy
from realstaging.domains.projects import account_data as projects
from realstaging.domains.sessions import account_data as sessions
from realstaging.domains.staging import account_data as staging
from realstaging.domains.upload_links import account_data as upload_links
from realstaging.domains.webhooks import account_data as webhooks
from realstaging.runtime import own_account_data as runtime
from realstaging.runtime.account_data import AccountData

ACCOUNT_DATA: Final[tuple[AccountData, ...]] = (
    runtime.DATA,
    accounts.DATA,
    audit.DATA,
    keys.DATA,
    notifications.DATA,
    sessions.DATA,
    invitations.DATA,
    projects.DATA,
    photos.DATA,
    upload_links.DATA,
    billing.DATA,
    attempts.DATA,
    payments.DATA,
    staging.DATA,
    archives.DATA,
    privacy.DATA,
    webhooks.DATA,
)
