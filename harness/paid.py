"""The service with the paid engine, against Replicate's stand-in: one house for the tests, the doomed worker and the table."""

import asyncio
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from aiohttp import web

from harness.lanes import places
from harness.servers import database_at, run_on
from harness.service import Caller, Service, listener, room
from harness.service import service as run_service
from realstaging.domains.attempts import jobs as attempts_jobs
from realstaging.domains.billing import invariants_store as ledger
from realstaging.domains.billing import rules
from realstaging.domains.billing import service as billing
from realstaging.engines.engine import CostClass
from realstaging.engines.replicate import models, padding
from realstaging.engines.replicate.asking import Timing
from realstaging.kit import money
from realstaging.runtime import migrations
from realstaging.runtime.chores import Chore
from realstaging.runtime.work import transaction
from realstaging.sandbox.replicate import pictures
from realstaging.sandbox.replicate.app import ReplicateSandbox
from realstaging.sandbox.replicate.faults import OF_LIST, OF_LOOK, OF_STOP, Fault, Order
from realstaging.sandbox.replicate.predictions import ENDED, Conduct
from realstaging.wiring import paid
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import serve

QUICK = Timing(
    deadline=600,
    lost_after=1.0,
    pause=0.1,
    overdue=0.01,
    shortest_look=0.5,
    longest=0.0,
    shortest_life=2.0,
    grace=1.0,
    turn=0.1,
)
# A prediction that nobody stops goes on for longer than it takes to find a dead worker's work, and then ends by itself.
PATIENT = msgspec.structs.replace(QUICK, shortest_life=20.0)
PRICE = rules.price(CostClass.PROVIDERS_PICTURE)
# Those a staging gets over when they strike once. What is too large to take is as good as no picture.
ONCE = [fault for fault in Fault if fault not in {Fault.NO_CREDIT, Fault.HUGE_OUTPUT, *OF_LIST, *OF_LOOK, *OF_STOP}]


def build(settings, parts, *, timing=QUICK):
    return {"replicate": paid.service_engine(settings, parts, timing=timing)}


def drawn(photo=None):
    """What the default model answers when it is sent the demo room, or another photo."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "photo.jpg"
        file.write_bytes(photo or room())
        sent, _ = padding.prepare(file, models.find("qwen/qwen-image-edit-plus").size, None)
    return pictures.stage(sent, pictures.FAITHFUL, "webp", 1)


@asynccontextmanager
async def stand_in(conduct=None, seed=0, host="127.0.0.1"):
    """Replicate's stand-in on a port of its own, knowing the models of our catalogue."""
    schemas = {name: models.openapi(model) for name, model in models.catalogue().items()}
    conduct = conduct or Conduct(webhook_pause=0.1)
    sandbox = ReplicateSandbox(conduct=conduct, models=schemas, seed=seed)
    runner = web.AppRunner(sandbox.app())
    await runner.setup()
    listening, origin = listener(host)
    await web.SockSite(runner, listening).start()
    try:
        yield sandbox, origin
    finally:
        await runner.cleanup()


@dataclass
class Paid:
    """The house."""

    service: Service
    sandbox: ReplicateSandbox
    ada: Caller

    @property
    def database(self):
        return self.service.platform.database

    def fault(self, fault, **details):
        self.sandbox.faults.order(Order(fault, **details))

    async def credit(self, dollars):
        account = (await self.ada.ask("GET", "me"))["account"]["id"]
        async with transaction(self.service.platform) as work:
            await billing.grant(work, account, dollars * money.DOLLAR, "tests", "")
            # What may be spent in vain goes by the plan.
            await billing.set_plan(work, account, "business", given=True)

    async def photo(self):
        return await self.ada.photo(await self.ada.project(), room(300, 200))

    @asynccontextmanager
    async def working(self, waiting=40):
        """A worker with its chores, the sweep for what nobody waits for quicker than in life."""
        stop = asyncio.Event()
        chores = [Chore("sweep_attempts", 0.2, attempts_jobs.sweep)]
        task = asyncio.create_task(serve(self.service.platform, HANDLERS, places(cpu=2, wait=waiting), stop, chores))
        try:
            yield
        finally:
            stop.set()
            await task

    async def quiet(self, seconds=30):
        """Wait until nothing is under way any more: no job, no prediction."""
        async with asyncio.timeout(seconds):
            while await self.busy():
                await asyncio.sleep(0.05)

    async def busy(self):
        # What is put off, to look once more later, keeps nothing under way.
        jobs = await self.database.fetchval(
            """select count(*) from jobs
               where state = 'running' or (state = 'queued' and run_at < now() + interval '1 minute')"""
        )
        unended = await self.database.fetchval(
            "select count(*) from attempts where ended_at is null and sent_at is not null"
        )
        return jobs or unended or any(one.status not in ENDED for one in self.sandbox.predictions.values())

    async def counts(self):
        """What came of the stagings, and what was spent on them."""
        rows = await self.database.fetch("select state, count(*) from stagings group by state")
        states = {row["state"]: row["count"] for row in rows}
        reasons = await self.database.fetch(
            "select distinct error_code from stagings where state = 'failed' order by error_code"
        )
        predictions = self.sandbox.predictions.values()
        return {
            "ready": states.get("ready", 0),
            "failed": states.get("failed", 0),
            "predictions": len(predictions),
            "charged": sum(one.charged for one in predictions),
            "recorded as paid": await self.database.fetchval("select count(*) from attempts where cost > 0"),
            "reasons": ", ".join(row["error_code"] for row in reasons) or "-",
        }

    async def audit(self):
        """What must hold whatever happened; a list of what does not."""
        charged = [one for one in self.sandbox.predictions.values() if one.charged]
        attempts = await self.database.fetch("select prediction_id, cost, price, verdict, staging_id from attempts")
        paid_for = [row for row in attempts if row["cost"]]
        stagings = await self.database.fetch(
            """select stagings.id, stagings.state, holds.state as hold from stagings left join holds on staging_id = stagings.id"""
        )
        ready = {row["id"] for row in stagings if row["state"] == "ready"}
        settled = {row["id"] for row in stagings if row["hold"] == "settled"}
        balance = await self.database.fetchrow(
            "select sum(available)::bigint as available, sum(held)::bigint as held from ledger_accounts"
        )
        granted = await self.database.fetchval(
            "select coalesce(sum(amount), 0)::bigint from ledger_entries where kind = 'grant'"
        )
        passed = {row["staging_id"] for row in attempts if row["verdict"] == "passed"}
        claims = {
            "every staging is over": all(
                row["state"] in {"ready", "failed", "canceled", "withdrawn"} for row in stagings
            ),
            "what was charged is what was recorded": {one.id for one in charged}
            == {row["prediction_id"] for row in paid_for},
            "costs are the prices of what was charged": sum(row["cost"] for row in attempts)
            == sum(row["price"] for row in paid_for),
            "every prediction has one attempt": len(self.sandbox.predictions)
            == len({row["prediction_id"] for row in attempts if row["prediction_id"]}),
            "nothing runs": all(one.status in ENDED for one in self.sandbox.predictions.values()),
            "who is charged has a result": settled == ready,
            "every result passed the gate": ready <= passed,
            "nothing stays held": balance["held"] == 0,
            "the books agree": await ledger.disagreements(self.database) == [],
            "to the cent": granted == (balance["available"] or 0) + len(settled) * PRICE,
        }
        return [claim for claim, holds in claims.items() if not holds]


@asynccontextmanager
async def house(folder, database_url, redis_url, conduct=None, seed=0, *, more=None, shared=None, **engine):
    """``more``: further settings. ``shared``: processes for pixels."""
    async with stand_in(conduct, seed) as (sandbox, origin):
        more = (more or {}) | {
            "replicate_api_token": "r8_sandbox",
            "replicate_api_url": f"{origin}/v1",
            "replicate_output_hosts": origin,
            "operator_subjects": "sandbox|ada",
        }
        async with (
            run_service(
                folder, database_url, redis_url, build_engines=partial(build, **engine), shared=shared, **more
            ) as service,
            service.signed_in() as ada,
        ):
            yield Paid(service, sandbox, ada)


# Alembic keeps what it works on in a global of the process.
_MIGRATING = asyncio.Lock()


@asynccontextmanager
async def fresh_house(folder, postgres_url, valkey_url, name, conduct, **engine):
    """A house with a database and a folder of its own, and the settings of its workers as JSON."""
    url = database_at(postgres_url, name)
    async with _MIGRATING:
        await run_on(postgres_url, f"create database {name}")
        await migrations.upgrade(url)
    (folder / name).mkdir()
    async with house(folder / name, url, valkey_url, conduct, seed=7, **engine) as paid:
        await paid.credit(10_000)
        yield paid, msgspec.json.encode(paid.service.settings)
