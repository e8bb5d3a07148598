"""To whom the free plan's credit is given: to people whose address is known to be theirs, and not to the same people again and again.

What can be known of them is the mailbox they sign in with, and from where and with what they ask; kept are digests, under a key of ours,
for two months. Many may share an address of the network, as an office does; a mailbox with something after a plus is the same mailbox.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import UUID

from realstaging.domains.accounts import service as accounts
from realstaging.domains.billing import free_grants_store, rules
from realstaging.domains.billing.free_grants_store import NewGrant
from realstaging.kit.addresses import is_global
from realstaging.mail.addresses import in_ascii
from realstaging.runtime import acting
from realstaging.runtime.database import in_parts
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work

PURPOSE: Final = "free grants"
MOST_OF_MAILBOX: Final = 3
"""Accounts of one person that are granted in a month: their own, their office's, and one more."""
MOST_OF_DEVICE: Final = 3
"""The same of one browser at one address."""
MOST_OF_ADDRESS: Final = 20
"""Of one address of the network (an IPv6 /64 is one): an office, a school."""
UNVERIFIED: Final = "The free credit comes once you have confirmed your e-mail address: follow the link in the letter that came when you signed up."
TOO_MANY: Final = (
    "The free credit of this month was given to other accounts of yours, or from where you are, as often as it may be. A plan or a pack "
    "gives you credit at once; our own engine costs nothing."
)
# Providers with several names for each mailbox, and signs that do not tell their mailboxes apart, as their own pages say.
ONE_PROVIDER: Final[Mapping[str, str]] = {
    "googlemail.com": "gmail.com",
    **dict.fromkeys(("me.com", "mac.com"), "icloud.com"),
    **dict.fromkeys(("protonmail.com", "protonmail.ch", "pm.me"), "proton.me"),
}
NOT_TOLD_APART: Final[Mapping[str, str]] = {"gmail.com": ".", "proton.me": ".-_"}


async def withheld(work: Work, account_id: UUID) -> str:
    """Why the account is not given this month's free credit; empty where it is, which is written down. An account without people, as for
    tests, is not asked.
    """
    owner = await accounts.first_owner(work.connection, account_id)
    if owner is None:
        return ""
    if not owner.email_verified:
        return UNVERIFIED
    here = acting.current()
    outside = is_global(here.address.partition("/")[0])
    new = NewGrant(
        account_id,
        rules.month_of(work.now),
        _digest(work.platform, mailbox(owner.email)),
        _digest(work.platform, here.address) if outside else None,
        _digest(work.platform, f"{here.address} {here.device}") if outside else None,
        work.now,
    )
    most = (MOST_OF_MAILBOX, MOST_OF_ADDRESS, MOST_OF_DEVICE)
    await free_grants_store.lock(work.connection, new)
    return "" if await free_grants_store.take(work.connection, new, most) else TOO_MANY


def mailbox(email: str) -> str:
    """One text for all spellings of an address that come to the same person."""
    name, _, domain = unicodedata.normalize("NFKC", email.strip()).rpartition("@")
    name = name.casefold()
    try:
        domain = in_ascii(domain)
    except UnicodeError:
        domain = domain.casefold()
    domain = domain.rstrip(".")
    domain = ONE_PROVIDER.get(domain, domain)
    name = name.strip('"')
    # What begins with a plus has nothing before it.
    name = name[:1] + name[1:].partition("+")[0]
    for sign in NOT_TOLD_APART.get(domain, ""):
        name = name.replace(sign, "")
    return f"{name}@{domain}"


def _digest(platform: Platform, text: str) -> bytes:
    return hmac.new(platform.keys.keys(PURPOSE)[0], text.encode(), sha256).digest()


async def forget(platform: Platform) -> None:
    """A chore: who was granted is kept for this month and the one before."""
    month = rules.month_of(platform.clock())
    await in_parts(partial(free_grants_store.forget, platform.database, month))
