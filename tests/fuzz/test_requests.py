"""A part of `make fuzz` at every turn: every check of schemathesis over the whole description, and some thousand requests of our own."""

import pytest

from harness.service import service as run_service
from realstaging.sandbox.oidc import PEOPLE
from tests.fuzz import requests
from tests.fuzz.valid import BODIES

FEW = 500


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "index.html").write_text("<!doctype html>")
    async with run_service(
        tmp_path, database_url, redis_url, operator_subjects=PEOPLE[0].subject, **requests.WITHOUT_LIMITS
    ) as running:
        yield running


@pytest.mark.long
async def test_every_answer_is_as_the_description_says(service):
    totals = await requests.against_description(service, 5, seed=1)
    assert totals.findings == [], "\n".join(totals.findings)
    assert totals.sent > 1000


async def test_no_bent_request_is_answered_by_a_failure_of_ours(service):
    """A few of each kind; all of them with `make test-long`."""
    totals = await requests.bent(service, FEW, seed=1)
    assert totals.findings == [], "\n".join(totals.findings)
    assert totals.sent == FEW
    assert {200, 201, 204, 400, 401, 404, 409, 415, 422} <= totals.statuses.keys(), str(totals)
    assert sum(totals.deep(operation) > 0 for operation in totals.reached) > len(totals.reached) / 2


@pytest.mark.long
async def test_bent_requests_get_as_deep_as_requests_can(service):
    """Every operation has answered some itself, and looked into what others say."""
    totals = await requests.bent(service, requests.ENOUGH, seed=1)
    assert totals.findings == [], "\n".join(totals.findings)
    assert totals.sent == requests.ENOUGH
    assert {200, 201, 204, 302, 400, 401, 404, 405, 409, 413, 414, 415, 422, 431} <= totals.statuses.keys(), str(totals)
    unreached = [operation for operation in totals.reached if not totals.deep(operation)]
    assert unreached == []
    told = {operation: set(answers) for operation, answers in totals.reached.items()}
    read = [operation for operation in told if operation in BODIES]
    assert len(read) == len(BODIES) - 1
    # What is no JSON, and what is JSON of another shape: the API tells them apart.
    assert [operation for operation in read if (400, "malformed") not in told[operation]] == []
    assert [operation for operation in read if (422, "invalid_input") not in told[operation]] == []
