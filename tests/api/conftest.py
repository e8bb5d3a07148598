import pytest

from harness.service import service as run_service


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as running:
        yield running


@pytest.fixture
async def ada(service):
    async with service.signed_in() as caller:
        yield caller
