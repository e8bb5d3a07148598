"""Either client of the Python SDK, and the service behind a network that loses things."""

import asyncio
import inspect
from contextlib import asynccontextmanager

import pytest
from realstaging_sdk import AsyncRealStaging, RealStaging

from harness.service import room
from tests.sdk.proxy import network


@pytest.fixture
async def through(service):
    async with network(service.url) as between:
        yield between


class Told:
    """Either client, each method awaited. The one that blocks does so in a thread."""

    def __init__(self, client):
        self.client = client

    def __getattr__(self, name):
        method = getattr(self.client, name)

        async def call(*arguments, **more):
            if isinstance(self.client, RealStaging):
                return await asyncio.to_thread(lambda: listed(method(*arguments, **more)))
            answer = method(*arguments, **more)
            return [item async for item in answer] if inspect.isasyncgen(answer) else await answer

        return call


def listed(answer):
    return list(answer) if inspect.isgenerator(answer) else answer


@pytest.fixture(params=[RealStaging, AsyncRealStaging])
def kind(request):
    return request.param


@pytest.fixture
async def opened(kind, service, through):
    """Opens another client of the kind, as another program would."""

    @asynccontextmanager
    async def client(**more):
        told = Told(kind(through.url, token=service.token, **more))
        try:
            yield told
        finally:
            await told.close()

    return client


@pytest.fixture
async def told(opened):
    async with opened() as client:
        yield client


@pytest.fixture
def photo_file(tmp_path):
    path = tmp_path / "living room.jpg"
    path.write_bytes(room())
    return path
