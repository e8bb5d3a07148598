"""The service with a clock that can be put forward, and a host that takes webhooks and behaves as it is told."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import web

from harness.service import listener
from harness.service import service as run_service
from realstaging.kit.clock import utc_now
from realstaging.runtime import jobs
from realstaging.wiring.jobs import HANDLERS


class Clock:
    def __init__(self):
        self.ahead = timedelta(0)

    def __call__(self):
        return utc_now() + self.ahead

    def forward(self, **span):
        self.ahead += timedelta(**span)


class Receiver:
    """Takes webhooks. ``answers`` are given in turn, the last one again and again; while ``gate`` is closed there are none."""

    def __init__(self):
        self.heard = []
        self.answers = [(204, {}, "")]
        self.gate = asyncio.Event()
        self.gate.set()
        self.arrived = asyncio.Condition()

    async def take(self, request):
        body = await request.text()
        async with self.arrived:
            self.heard.append((dict(request.headers), body))
            self.arrived.notify_all()
        await self.gate.wait()
        status, headers, text = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return web.Response(status=status, headers=headers, text=text)

    async def until(self, number):
        """Wait until so many have come."""
        async with asyncio.timeout(30), self.arrived:
            await self.arrived.wait_for(lambda: len(self.heard) >= number)

    @property
    def types(self):
        return [body.partition('"type":"')[2].partition('"')[0] for _, body in self.heard]

    @property
    def told(self):
        """The types, each message once: a worker that is stopped while it sends has it sent again."""
        return [type_ for _, type_ in dict(zip(self.ids, zip(self.ids, self.types, strict=True), strict=True)).values()]

    @property
    def ids(self):
        return [headers["webhook-id"] for headers, _ in self.heard]


@pytest.fixture
async def receivers():
    """As many as are asked for, each with its address."""
    runners = []

    async def make():
        receiver, app = Receiver(), web.Application()
        app.router.add_post("/{name:.*}", receiver.take)
        listening, url = listener()
        runner = web.AppRunner(app)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        runners.append((receiver, runner))
        receiver.url = f"{url}/hooks"
        return receiver

    yield make
    for receiver, runner in runners:
        receiver.gate.set()
        await runner.cleanup()


@pytest.fixture
async def receiver(receivers):
    return await receivers()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def service(tmp_path, database_url, redis_url, clock):
    async with run_service(
        tmp_path, database_url, redis_url, clock=clock, webhook_private_addresses="allowed"
    ) as running:
        yield running


@pytest.fixture
async def ada(service):
    async with service.signed_in() as caller:
        yield caller


@pytest.fixture
async def endpoint(ada, receiver):
    """Told everything."""
    return await ada.ask("POST", "webhook-endpoints", 201, json={"url": receiver.url})


@pytest.fixture
def run_due(service):
    """Run the jobs of webhooks that are due by the service's clock, and those that come of them. Returns how many ran."""

    async def run():
        ran = 0
        while True:
            # Jobs are claimed by the database's clock, which nobody puts forward.
            await service.platform.database.execute(
                "update jobs set run_at = now() where lane = 'webhooks' and state = 'queued' and run_at <= $1",
                service.platform.clock(),
            )
            if not await jobs.run_next(service.platform, HANDLERS, "webhooks"):
                return ran
            ran += 1

    return run


@pytest.fixture
def deliveries(ada):
    async def of(endpoint, **query):
        return (await ada.ask("GET", f"webhook-endpoints/{endpoint['id']}/deliveries", params=query))["items"]

    return of


async def say(ada, endpoint, number=1, **body):
    """Have test messages sent."""
    path = f"webhook-endpoints/{endpoint['id']}/test"
    return [await ada.ask("POST", path, 201, json=body) for _ in range(number)]
