"""Somebody's credit, as tests ask for it and look after it."""

from datetime import timedelta

from realstaging.domains.billing import invariants_store, service
from realstaging.domains.billing.service import (
    NewLot,
)
from realstaging.engines.engine import CostClass
from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction


class Bank:
    """Ada's credit, and what is asked of it; looks after each step that the books agree."""

    def __init__(self, platform, ada, project):
        self.platform, self.ada, self.project = platform, ada, project

    async def does(self, use_case, *arguments, **more):
        async with transaction(self.platform) as work:
            found = await use_case(work, self.ada.account.id, *arguments, **more)
        assert await invariants_store.disagreements(self.platform.database) == []
        return found

    async def give(self, source, reference, amount, **more):
        return await self.does(service.grant_lot, NewLot(source, reference, amount, **more))

    async def held(self, count=1):
        stagings = [new_id() for _ in range(count)]
        async with transaction(self.platform) as work:
            order = service.Order(self.project, "an engine", stagings, CostClass.PROVIDERS_PICTURE)
            refused = await service.hold(work, self.ada, order)
        assert await invariants_store.disagreements(self.platform.database) == []
        return refused or stagings

    async def remaining(self):
        rows = await self.platform.database.fetch(
            "select reference, remaining from lots where state = 'begun' order by 1"
        )
        return {row["reference"]: row["remaining"] for row in rows}

    async def balance(self):
        return await self.platform.database.fetchval("select available from ledger_accounts")

    async def kinds(self):
        rows = await self.platform.database.fetch("select kind from ledger_entries order by id")
        return [row["kind"] for row in rows]

    def later(self, **time):
        self.platform.clock.now += timedelta(**time)
