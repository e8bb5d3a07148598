import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from harness.service import room
from realstaging.engines.replicate.client import ReplicateClient
from realstaging.engines.replicate.limits import Circuit, ProcessLimiter
from realstaging.engines.replicate.outputs import OutputRules
from realstaging.engines.replicate.webhook import Notice, verify
from realstaging.kit.errors import Forged
from realstaging.sandbox.replicate.app import WEBHOOK_SECRET, ReplicateSandbox
from realstaging.sandbox.replicate.faults import Fault, Order


class House:
    """Our side of the wire: a photo to be fetched, and an address for webhooks that verifies what comes."""

    def __init__(self, photo: bytes) -> None:
        self.photo = photo
        self.notices: list[tuple[str, Notice]] = []
        self.forged = 0
        self.came = asyncio.Condition()
        self.photo_paths: list[str] = []

    async def serve_photo(self, request: web.Request) -> web.Response:
        self.photo_paths.append(request.raw_path)
        return web.Response(body=self.photo, content_type="image/jpeg")

    async def take_notice(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            notice = verify(await request.read(), headers, [WEBHOOK_SECRET], datetime.now(UTC))
        except Forged:
            self.forged += 1
            await self._tell()
            return web.Response(status=403)
        self.notices.append((request.query["attempt"], notice))
        await self._tell()
        return web.Response()

    async def _tell(self) -> None:
        async with self.came:
            self.came.notify_all()

    async def wait_for(self, notices: int, forged: int = 0) -> None:
        async with asyncio.timeout(5), self.came:
            await self.came.wait_for(lambda: len(self.notices) >= notices and self.forged >= forged)


class Wire:
    """The stand-in, our side, and the client between them."""

    def __init__(self, sandbox: ReplicateSandbox, server: TestServer, house: House, house_server: TestServer) -> None:
        self.sandbox = sandbox
        self.house = house
        self.api = str(server.make_url("/v1"))
        self.origin = str(server.make_url("")).rstrip("/")
        self.webhook = str(house_server.make_url("/notices"))
        self.input = {
            "prompt": "Add a sofa.",
            "image": f"{house_server.make_url('/photo.jpg')}?signature=a%2Fb",
            "seed": 3,
        }
        self.pauses: list[float] = []
        self.now = 0.0
        self.client = self.new_client()

    def new_client(self, **options) -> ReplicateClient:
        async def pause(seconds: float) -> None:
            self.pauses.append(seconds)
            self.now += seconds

        limiter = ProcessLimiter(burst=1000, now=lambda: self.now, sleep=pause)
        options = {"timeout": 2.0, "circuit": Circuit(threshold=20), "limiter": limiter, "sleep": pause} | options
        return ReplicateClient(
            "r8_sandbox", base_url=self.api, outputs=OutputRules(hosts=(self.origin,), max_bytes=8_000_000), **options
        )

    def fault(self, fault: Fault, **details) -> None:
        self.sandbox.faults.order(Order(fault, **details))

    async def ended(self, prediction_id: str) -> None:
        await self.sandbox.predictions[prediction_id].ended.wait()


@pytest.fixture(scope="session")
def photo() -> bytes:
    """An empty room, 450 by 300 pixels."""
    return room(450, 300)


@pytest.fixture
async def wire(photo) -> AsyncIterator[Wire]:
    house = House(photo)
    ours = web.Application()
    ours.add_routes([web.get("/photo.jpg", house.serve_photo), web.post("/notices", house.take_notice)])
    sandbox = ReplicateSandbox()
    async with TestServer(ours) as house_server, TestServer(sandbox.app()) as server:
        wire = Wire(sandbox, server, house, house_server)
        yield wire
        await wire.client.close()
