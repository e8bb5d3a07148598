"""Whatever happens in whatever order, every payment is granted once, nothing is kept of what was refunded, and Stripe's list is ours."""

import pytest
from hypothesis import HealthCheck, settings

from tests.domains.payments import histories

CHOSEN = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def test_some_histories(tmp_path, database_url, redis_url):
    histories.run(
        tmp_path,
        database_url,
        redis_url,
        settings(max_examples=6, stateful_step_count=12, derandomize=True, **CHOSEN),
    )


@pytest.mark.long
@pytest.mark.slow  # ten thousand acts
def test_ten_thousand_acts(tmp_path, database_url, redis_url):
    histories.run(tmp_path, database_url, redis_url, settings(max_examples=500, stateful_step_count=20, **CHOSEN))
