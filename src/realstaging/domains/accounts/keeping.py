"""Use cases of how long an account wants its things kept: within what whoever runs the service allows (decision 110)."""

from __future__ import annotations

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from realstaging.domains.accounts import keeping_rules as rules
from realstaging.domains.accounts import keeping_store as store
from realstaging.domains.accounts.keeping_rules import KINDS, Chosen
from realstaging.domains.accounts.schemas import Member, Retention, RetentionChange
from realstaging.kit.errors import InvalidFields
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work


async def read(platform: Platform, connection: Connection, caller: Member) -> Retention:
    return _retention(platform, await store.chosen(connection, caller.account.id))


def _retention(platform: Platform, row: Chosen) -> Retention:
    photos, results, uploads = (rules.kept(getattr(row, kind), platform.kept_for, kind) for kind in KINDS)
    ahead = row.keep_from is not None and row.keep_from > platform.clock()
    return Retention(photos, results, uploads, row.keep_from if ahead else None)


async def change(work: Work, caller: Member, asked: RetentionChange) -> Retention:
    """What is named is changed; null leaves it to the service again. What is kept shorter from now on stays another day, in which that can
    be taken back. InvalidFields beyond the bounds.
    """
    kept_for = work.platform.kept_for
    if wrong := list(rules.wrong(asked, kept_for)):
        raise InvalidFields(wrong)
    before = await store.lock(work.connection, caller.account.id)
    after = Chosen(
        _named(asked.photos_days, before.photos),
        _named(asked.results_days, before.results),
        _named(asked.uploads_days, before.uploads),
        before.keep_from,
    )
    if any(rules.shorter(getattr(after, kind), getattr(before, kind), kept_for, kind) for kind in KINDS):
        after = replace(after, keep_from=work.now + rules.GRACE)
    if after != before:
        await store.keep(work.connection, caller.account.id, after)
        work.record(caller.account.id, Action.ACCOUNT_RETENTION_CHANGED, caller.account.id, **rules.told(before, after))
    return _retention(work.platform, after)


def _named(asked: int | UnsetType | None, before: int | None) -> int | None:
    return before if asked is UNSET else asked
