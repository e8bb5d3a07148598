import pytest

from tests.domains.payments.shop import shop as open_shop


@pytest.fixture
async def shop(tmp_path, database_url, redis_url):
    async with open_shop(tmp_path, database_url, redis_url) as running:
        yield running
