import pytest

from harness.payments import stripe_sandbox
from tests.sandbox.stripe_shop import START, shop_of


@pytest.fixture
async def shop():
    async with stripe_sandbox(frozen=int(START.timestamp())) as sandbox, shop_of(sandbox) as shop:
        yield shop
