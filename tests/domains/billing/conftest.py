from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from realstaging import wiring
from realstaging.domains.accounts.schemas import Account, Member
from realstaging.kit.ids import new_id
from realstaging.kit.keyring import KeyRing
from realstaging.runtime.database import open_pool
from realstaging.runtime.platform import Platform
from realstaging.runtime.unpaid import Caps
from realstaging.runtime.wake_ups import WakeUps
from tests.domains.billing.bank import Bank


class Calendar:
    """A clock that stands still until it is set."""

    def __init__(self):
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
async def platform(database_url, redis_url):
    database, wake_ups = await open_pool(database_url, largest=20), WakeUps(redis_url)
    yield Platform(
        database=database,
        wake_ups=wake_ups,
        storage=SimpleNamespace(),
        processes=SimpleNamespace(),
        decoders=SimpleNamespace(),
        engines={},
        quotas=wiring.quotas(),
        subscribers={},
        clock=Calendar(),
        keys=KeyRing("test"),
        public_url="http://localhost",
        caps=Caps(),
    )
    await wake_ups.close()
    await database.close()


@pytest.fixture
async def ada(platform):
    account_id = new_id()
    await platform.database.execute("insert into accounts (id, name) values ($1, 'Ada')", account_id)
    return Member(new_id(), "ada@example.com", "Ada", Account(account_id, "Ada"))


@pytest.fixture
async def project(platform, ada):
    project_id = new_id()
    await platform.database.execute(
        "insert into projects (id, account_id, name) values ($1, $2, '12 Elm Street')", project_id, ada.account.id
    )
    return project_id


@pytest.fixture
async def bank(platform, ada, project):
    return Bank(platform, ada, project)
