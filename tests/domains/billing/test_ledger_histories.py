"""Whatever happens to an account in whatever order, its books agree and its lots are what a simple model of them says."""

import pytest
from hypothesis import HealthCheck, settings

from tests.domains.billing import histories


def test_money_through_some_histories(database_url):
    histories.run(
        database_url, settings(max_examples=12, stateful_step_count=25, deadline=None, derandomize=True, database=None)
    )


@pytest.mark.long
def test_money_through_many_histories(database_url):
    chosen = settings(
        max_examples=600, stateful_step_count=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    histories.run(database_url, chosen)
