"""What is set up once for many tests is set up once: pytest-xdist keeps the tests of a group in one process."""

import os

import pytest


@pytest.mark.xdist_group("alone")
def test_a_group_stays_together(request):
    """pytest-xdist writes a test's group into its id, and keeps together what has the same (not with pytest 9.2, which ignores that)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@alone")
