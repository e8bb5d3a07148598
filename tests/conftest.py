"""The real servers, for every test that wants them: one PostgreSQL and one Valkey per test process, a fresh database per test."""

import shutil
import tempfile
from pathlib import Path

import pytest
from redis.asyncio import Redis

from harness.servers import database_at, run_on
from harness.service import service as run_service
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import migrations
from tests.databases import Databases

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


@pytest.fixture(scope="session")
async def databases(postgres_url, migrated_template):
    copies = Databases(postgres_url, migrated_template)
    await copies.start()
    yield copies
    await copies.close()


@pytest.fixture
async def database_url(postgres_url, databases):
    """A database of this test alone: the newest schema, no rows."""
    name = await databases.take()
    yield database_at(postgres_url, name)
    databases.give_back(name)


@pytest.fixture
async def redis_url(valkey_url):
    """An empty Valkey."""
    async with Redis.from_url(valkey_url) as redis:
        await redis.flushall()
    return valkey_url


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    """The whole service, as it is without being told anything."""
    async with run_service(tmp_path, database_url, redis_url) as running:
        yield running


@pytest.fixture
async def ada(service):
    """A caller who is signed in."""
    async with service.signed_in() as caller:
        yield caller


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What a module sets up once is set up once: its tests go to one process of xdist's, and not half of them to each."""
    for item in items:
        definitions = item._fixtureinfo.name2fixturedefs.values()
        shared = any(each[-1].scope in {"module", "package"} for each in definitions)
        if shared and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
