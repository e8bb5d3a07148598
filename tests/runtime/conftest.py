from types import SimpleNamespace

import pytest

from realstaging import wiring
from realstaging.kit.clock import utc_now
from realstaging.kit.keyring import KeyRing
from realstaging.runtime.database import open_pool
from realstaging.runtime.platform import Platform
from realstaging.runtime.unpaid import Caps
from realstaging.runtime.wake_ups import WakeUps


@pytest.fixture
async def platform(database_url, redis_url):
    """A platform of the real database and Valkey; the runtime needs no storage and no engine."""
    database = await open_pool(database_url)
    wake_ups = WakeUps(redis_url)
    yield Platform(
        database=database,
        wake_ups=wake_ups,
        storage=SimpleNamespace(),
        processes=SimpleNamespace(),
        decoders=SimpleNamespace(),
        engines={},
        quotas=wiring.quotas(),
        subscribers={},
        clock=utc_now,
        keys=KeyRing("test"),
        public_url="http://localhost",
        caps=Caps(),
    )
    await wake_ups.close()
    await database.close()
