"""Use cases of API keys: make, rotate, revoke, and let their bearers in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Account, Member, Permission, Role, Suspended
from realstaging.domains.keys import rules, store
from realstaging.domains.keys.errors import BadKey as BadKey
from realstaging.domains.keys.errors import KeyElsewhere as KeyElsewhere
from realstaging.domains.keys.errors import KeyOfAnotherAccount as KeyOfAnotherAccount
from realstaging.domains.keys.errors import TooManyKeys
from realstaging.domains.keys.events import ChangedKey, KeysChanged
from realstaging.domains.keys.rules import is_from as is_from
from realstaging.domains.keys.rules import is_key as is_key
from realstaging.domains.keys.schemas import Key, Keys, Mode, NewKey, ShownKey
from realstaging.kit import bearer_texts
from realstaging.kit.callers import Network
from realstaging.kit.errors import InvalidInput, NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

CHANGED: Final = str(KeysChanged.__struct_config__.tag)
"""The event after which who calls by a key is let in anew."""
# Those that are valid, and as many that have ended lately.
MOST_LISTED: Final = 200


class Bearer(msgspec.Struct, frozen=True):
    """Who calls by a key: as a member of its account, who is no person."""

    member: Member
    key_id: UUID
    name: str
    allowed: tuple[Network, ...]
    expires_at: datetime | None
    listed_in: UUID
    """The account whose key it is; a test key works in another."""


async def create(work: Work, caller: Member, asked: NewKey) -> ShownKey:
    """A new key, shown this once. InvalidInput, TooManyKeys."""
    if caller.account.test:
        raise InvalidInput("Make test keys in the account itself, without the header Real-Staging-Account.")
    if refused := rules.refusal(asked, caller.permissions):
        raise InvalidInput(refused)
    addresses = [str(network) for network in rules.networks(asked.addresses)]
    works_in = caller.account.id
    if asked.mode is Mode.TEST:
        works_in = await accounts.test_account(work, caller.account)
    await _room(work, caller.account.id)
    secret = bearer_texts.new(rules.PREFIXES[asked.mode])
    row = await store.insert(
        work.connection,
        store.NewRow(
            new_id(),
            caller.account.id,
            works_in,
            bearer_texts.digest(secret),
            asked.name.strip(),
            asked.mode,
            secret[-bearer_texts.HINT :],
            asked.scopes,
            addresses,
            accounts.maker(caller),
            None if asked.days is None else work.now + timedelta(days=asked.days),
        ),
    )
    work.record(
        caller.account.id, Action.KEY_CREATED, row.id, name=row.name, mode=row.mode, scopes=list(map(str, row.scopes))
    )
    work.publish(caller.account.id, KeysChanged(ChangedKey(row.id)))
    return ShownKey(await _key(work.connection, row), secret)


async def _room(work: Work, account_id: UUID) -> None:
    await store.lock_account(work.connection, account_id)
    if await store.count_valid(work.connection, account_id, work.now) >= rules.MOST_KEYS:
        raise TooManyKeys


async def rotate(work: Work, caller: Member, key_id: UUID, overlap: timedelta) -> ShownKey:
    """Another secret for the same: the old key goes on for a while, and never longer than it would have."""
    await _room(work, caller.account.id)
    old = await _require(work, caller, key_id)
    if old.replaced_by:
        raise InvalidInput("This key was rotated already. Rotate the one that took its place.")
    if old.expires_at and old.expires_at <= work.now:
        raise InvalidInput("This key has ended. Make a new one.")
    secret = bearer_texts.new(rules.PREFIXES[old.mode])
    row = await store.insert(
        work.connection,
        store.NewRow(
            new_id(),
            old.account_id,
            old.works_in,
            bearer_texts.digest(secret),
            old.name,
            old.mode,
            secret[-bearer_texts.HINT :],
            old.scopes,
            old.addresses,
            accounts.maker(caller),
            old.expires_at,
        ),
    )
    ends = rules.end_of(old.expires_at, work.now, overlap)
    await store.replace(work.connection, key_id, row.id, ends)
    work.record(caller.account.id, Action.KEY_ROTATED, key_id, name=old.name, replaced_by=row.id, ends=ends)
    for one in (key_id, row.id):
        work.publish(caller.account.id, KeysChanged(ChangedKey(one)))
    return ShownKey(await _key(work.connection, row), secret)


async def revoke(work: Work, caller: Member, key_id: UUID) -> None:
    """It opens nothing from now on, in any process."""
    row = await _require(work, caller, key_id)
    await store.revoke(work.connection, key_id)
    work.record(caller.account.id, Action.KEY_REVOKED, key_id, name=row.name)
    # The account that it works in is whose streams are open, and whose callers a process remembers.
    for account_id in {row.account_id, row.works_in}:
        work.publish(account_id, KeysChanged(ChangedKey(key_id)))


async def _require(work: Work, caller: Member, key_id: UUID) -> store.Row:
    row = await store.lock(work.connection, caller.account.id, key_id)
    if row is None:
        raise NotFound("There is no such key, or it was revoked.")
    return row


async def listed(platform: Platform, caller: Member) -> Keys:
    since = platform.clock() - rules.KEPT_AFTER
    rows = await store.listed(platform.database, caller.account.id, since, MOST_LISTED)
    makers = await accounts.makers(platform.database, [row.created_by for row in rows])
    return Keys([_told(row, makers) for row in rows])


async def _key(connection: Connection, row: store.Row) -> Key:
    return _told(row, await accounts.makers(connection, [row.created_by]))


def _told(row: store.Row, makers: Mapping[str, str]) -> Key:
    return Key(
        row.id,
        row.name,
        row.mode,
        row.ends_with,
        row.scopes,
        row.addresses,
        row.created_at,
        makers[row.created_by],
        row.expires_at,
        row.last_used_on,
        row.replaced_by,
    )


async def open_with(platform: Platform, token: str) -> Bearer:
    """Who bears this key. BadKey where it opens nothing; no row is read for one that was mistyped."""
    found = await store.opened(platform.database, bearer_texts.digest(token)) if rules.is_whole(token) else None
    if found is None or (found.expires_at and found.expires_at <= platform.clock()):
        raise BadKey
    permissions: tuple[Permission, ...] = () if found.suspended else rules.may(found.scopes)
    member = Member(
        found.id,
        "",
        found.name,
        Account(found.account_id, found.account_name, test=found.mode is Mode.TEST),
        Role.MEMBER,
        None,
        permissions,
        Suspended.ACCOUNT if found.suspended else None,
    )
    return Bearer(
        member, found.id, found.name, tuple(rules.networks(found.addresses)), found.expires_at, found.listed_in
    )


async def note_use(platform: Platform, key_id: UUID) -> None:
    """That it was used today."""
    await store.note_use(platform.database, key_id, platform.clock().date())
