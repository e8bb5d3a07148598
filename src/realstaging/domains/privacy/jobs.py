"""What a worker does for exports and erasures."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

import structlog

from realstaging.domains.accounts import service as accounts
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.service import Erased, ExportReady, Recipient
from realstaging.domains.privacy import erasures, rules, service, store
from realstaging.domains.privacy.packing import Packing
from realstaging.domains.privacy.payloads import Erase, Make
from realstaging.domains.privacy.schemas import Receipt
from realstaging.kit.errors import AppError, Unavailable
from realstaging.runtime.account_data import AccountData, Counts, Person
from realstaging.runtime.account_data import Erase as EraseRows
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.sign_in_identities import NotAllowed
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

log = structlog.get_logger()

FAILED: Final = "Something went wrong on our side. Ask for the export again; if it stays, tell us."
MOST: Final = 200
"""Rows of each table that go in one transaction."""
TURN: Final = 600.0
"""Seconds after which an erasure lets others have their turn; a chore has it gone on with."""

Everything = Sequence[AccountData]


async def make(everything: Everything, platform: Platform, job: Claim[Make]) -> None:
    """1 take the export · 2 read everything and write the ZIP · 3 write the outcome, and a letter to who asked."""
    export_id = job.payload.export_id
    async with transaction(platform) as work:
        row = await store.begin_export(work.connection, export_id, job.id, job.run)
        service.tell(work, row)
    if row is None:
        return
    try:
        await _make(everything, platform, job, row)
    except AppError as error:
        if error.retry_after is not None and not job.last:
            raise
        async with transaction(platform) as work:
            service.tell(work, await store.fail_export(work.connection, export_id, job.run, error.message))


async def _make(everything: Everything, platform: Platform, job: Claim[Make], row: store.ExportRow) -> None:
    if row.person_id:
        packing = Packing(platform, row.person_id, [one for data in everything for one in data.of_person])
    else:
        packing = Packing(platform, row.account_id, [one for data in everything for one in data.of_account])
    # The run is part of the key: a runner given up for dead that comes late can only remove what is its own.
    key = f"{service.folder(row.id)}{job.run}.zip"
    await platform.storage.write(key, packing.pieces(), "application/zip")
    async with transaction(platform) as work:
        done = await store.finish_export(work.connection, row.id, job.run, key, packing.size)
        if done:
            await _write_to_asker(work, done)
            service.tell(work, done)
    if done is None:
        await platform.storage.delete([key])


async def _write_to_asker(work: Work, row: store.ExportRow) -> None:
    who = await accounts.contact(work.connection, row.account_id, row.member_id)
    if who and who.email:
        letter = ExportReady(
            to=Recipient(who.name, who.email),
            key=f"export:{row.id}",
            account_id=row.account_id,
            path=erasures.PATH,
            expires_at=row.expires_at,
        )
        await notifications.send(work, letter)


async def bury(work: Work, job: Claim[Make], _error: str) -> None:
    """The job is given up: nobody must wait for its export for ever."""
    service.tell(work, await store.fail_export(work.connection, job.payload.export_id, job.run, FAILED))


async def erase(everything: Everything, platform: Platform, job: Claim[Erase]) -> None:
    """1 write it down outside the database · 2 the account is nobody's · 3 people in no other account · 4 rows with their files, from the
    highest domain down · 5 identities at the sign-in service · 6 the receipt.

    Each step is safe to repeat and knows by itself whether anything is left: whoever is ended anywhere is followed by one who goes on.
    """
    async with transaction(platform) as work:
        row = await store.lock_due(work.connection, job.payload.erasure_id, work.now)
        if row:
            await store.begin_erasure(work.connection, row.id)
    if row is None:
        return
    erasing = Erasing(platform, row.id, everything)
    try:
        await erasures.write_down(platform, row)
        if row.account_id:
            await erasing.account(row.account_id)
        elif row.person_id:
            await erasing.person(row.person_id)
        await erasing.identities()
    except Unavailable as error:
        # A part that is away keeps nobody from going on later: a chore looks every minute, for as long as it takes.
        log.warning("erasure.put_off", erasure=str(row.id), error=error.message)
        return
    except NotAllowed as error:
        # Rows and files are gone; what is left is for who set the issuer up, and the receipt waits for it.
        log.error("erasure.identities_left", erasure=str(row.id), error=error.message)  # noqa: TRY400 - what it says is in the message
        return
    except TurnOver:
        return
    await erasing.finish()


class TurnOver(Exception):
    """Others have waited long enough."""


class Erasing:
    """One erasure under way."""

    def __init__(self, platform: Platform, erasure_id: UUID, everything: Everything) -> None:
        self._platform, self._id, self._everything = platform, erasure_id, everything
        self._until = time.monotonic() + TURN

    async def account(self, account_id: UUID) -> None:
        async with transaction(self._platform) as work:
            await self._lock(work)
            ids = await accounts.begin_erasure(work, account_id)
        await self._people_of(account_id)
        for one in ids:
            for data in reversed(self._everything):
                if data.erase:
                    await self._all(data.erase, one)
            for data in self._everything:
                for folder in data.folders(one) if data.folders else ():
                    await self._platform.storage.erase(folder)

    async def person(self, person_id: UUID) -> None:
        await self._person(person_id, None)

    async def _people_of(self, account_id: UUID) -> None:
        """Forget who is in no other account, one in each transaction, with what other domains keep of them."""
        last: UUID | None = None
        while people := await accounts.people_only_in(self._platform.database, account_id, last, MOST):
            for person in people:
                await self._person(person.id, account_id)
            last = people[-1].id

    async def _person(self, person_id: UUID, besides: UUID | None) -> None:
        """All of them at once, while they can come into no account: whoever does before keeps everything."""
        self._look_at_clock()
        async with transaction(self._platform) as work:
            row = await self._lock(work)
            person = await accounts.begin_forgetting(work, person_id, besides)
            if person is None:
                return
            gone = {**await self._forgotten(work, person), "people": 1}
            await accounts.forget_person(work, person)
            identity = store.Identity(person.issuer, person.subject)
            await store.keep_identities(work.connection, self._id, [*row.identities, identity])
            await store.count(work.connection, self._id, rules.added(row.deleted, gone))

    async def _forgotten(self, work: Work, person: Person) -> Counts:
        """What other domains kept of them. Bounded: letters end after some weeks, everything else has its limit."""
        gone: dict[str, int] = {}
        for forget in rules.in_lock_order(self._everything):
            while some := await forget(work, person, MOST):
                gone = rules.added(gone, some)
        return gone

    def _look_at_clock(self) -> None:
        if time.monotonic() > self._until:
            raise TurnOver

    async def _all(self, erase: EraseRows[UUID], account_id: UUID) -> None:
        """Some at a time, counted in the transaction that erases them, until there are none."""
        while True:
            self._look_at_clock()
            async with transaction(self._platform) as work:
                row = await self._lock(work)
                gone = await erase(work, account_id, MOST)
                if gone:
                    await store.count(work.connection, self._id, rules.added(row.deleted, gone))
            if not gone:
                return

    async def _lock(self, work: Work) -> store.ErasureRow:
        row = await store.lock_due(work.connection, self._id, work.now)
        if row is None:
            raise TurnOver
        return row

    async def identities(self) -> None:
        """At the sign-in service, one by one: each is kept until it is gone there."""
        while row := await store.lock_due(self._platform.database, self._id, self._platform.clock()):
            if not row.identities:
                return
            [first, *others] = row.identities
            deleted = await self._platform.sign_in_identities.delete(first.issuer, first.subject)
            async with transaction(self._platform) as work:
                row = await self._lock(work)
                await store.keep_identities(work.connection, self._id, [one for one in row.identities if one in others])
                if deleted:
                    await store.count(work.connection, self._id, rules.added(row.deleted, {rules.IDENTITY: 1}))

    async def finish(self) -> None:
        """The receipt, to keep and in letters to those who owned the account, and nothing of theirs any more."""
        async with transaction(self._platform) as work:
            row = await self._lock(work)
            if rules.goes_on(row.person_id, row.deleted):
                await erasures.let_go(work, row)
                return
            identities = row.deleted.get(rules.IDENTITY, 0) > 0
            kept = rules.kept(self._everything, identities=identities)
            receipt = Receipt(
                row.id, row.account_id, row.person_id, row.requested_at, work.now, dict(row.deleted), kept
            )
            await store.finish_erasure(work.connection, row.id, receipt, work.now)
            for number, owner in enumerate(row.tell):
                letter = Erased(
                    to=Recipient(owner.name, owner.email),
                    key=f"erased:{row.id}:{number}",
                    receipt_id=row.id,
                    deleted=dict(row.deleted),
                    kept=tuple(kept),
                    path="/",
                )
                await notifications.send(work, letter)
            action = Action.ACCOUNT_ERASED if row.account_id else Action.PERSON_ERASED
            work.record(None, action, row.account_id or row.person_id)


def handlers(everything: Everything) -> dict[str, Handler[Any]]:
    """For the domains that keep something, the lowest first."""
    return by_kind(
        Handler(Make, partial(make, everything), bury),
        Handler(Erase, partial(erase, everything)),
    )
