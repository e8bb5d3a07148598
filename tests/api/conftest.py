import pytest

from tests.offices import OLIVE, asking


@pytest.fixture
async def olive(service):
    """Of a service with ``operator_subjects=OLIVE.subject``."""
    async with asking(service, OLIVE) as caller:
        yield caller
