"""The real servers, for every test that wants them: one PostgreSQL and one Valkey per test process, a fresh database per test."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from harness.servers import database_at, run_on
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import migrations

TEMPLATE = "realstaging_template"


@pytest.fixture(scope="session")
def servers_dir():
    # Not below pytest's own directory: only its owner may enter that, and PostgreSQL runs as nobody when we are root.
    directory = Path(tempfile.mkdtemp(prefix="realstaging-tests-"))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def postgres_url(servers_dir):
    """A PostgreSQL server of this test process; its maintenance database."""
    server = EmbeddedPostgres(servers_dir / "postgres", durable=False)
    yield server.start()
    server.stop()


@pytest.fixture(scope="session")
def valkey_url(servers_dir):
    """A Valkey server of this test process. Tests want ``redis_url``, which is empty at the start of each."""
    server = EmbeddedValkey(servers_dir / "valkey", durable=False)
    yield server.start()
    server.stop()


@pytest.fixture(scope="session")
async def migrated_template(postgres_url):
    """The name of a database with the newest schema and nothing in it."""
    await run_on(postgres_url, f"create database {TEMPLATE}")
    await migrations.upgrade(database_at(postgres_url, TEMPLATE))
    return TEMPLATE


class NewDatabases:
    """Databases with the newest schema and no rows: the next one is made while a test runs on the last."""

    def __init__(self, server_url, template):
        self._server_url, self._template = server_url, template
        self.next = asyncio.create_task(self._made())

    async def take(self):
        name = await self.next
        self.next = asyncio.create_task(self._made())
        return name

    async def _made(self):
        name = f"test_{uuid4().hex}"
        await run_on(self._server_url, f"create database {name} template {self._template} strategy file_copy")
        return name


@pytest.fixture(scope="session")
async def new_databases(postgres_url, migrated_template):
    databases = NewDatabases(postgres_url, migrated_template)
    yield databases
    await databases.next


@pytest.fixture
async def database_url(postgres_url, new_databases):
    """A database of this test alone: the newest schema, no rows."""
    name = await new_databases.take()
    yield database_at(postgres_url, name)
    await run_on(postgres_url, f"drop database {name} with (force)")


@pytest.fixture
async def redis_url(valkey_url):
    """An empty Valkey."""
    async with Redis.from_url(valkey_url) as redis:
        await redis.flushall()
    return valkey_url


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What a module sets up once is set up once: its tests go to one process of xdist's, and not half of them to each."""
    for item in items:
        definitions = item._fixtureinfo.name2fixturedefs.values()
        shared = any(each[-1].scope in {"module", "package"} for each in definitions)
        if shared and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
