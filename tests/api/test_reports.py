"""What browsers report of the pages, and errors told to a tracker."""

import asyncio
import json
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from harness.service import listener
from realstaging.kit.tracing import Span
from realstaging.runtime import error_tracking
from realstaging.runtime.chores import Chore, keep_doing

ERROR = {
    "message": "ada@example.com could not read https://staging.test/send/rs_link_secret?token=hush of x",
    "where": "https://staging.test/assets/a.js?v=hush:1:2",
    "trace": "4bf92f3577b34da6a3ce929d0e0e4736",
}


def count(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


async def send(service, body):
    async with (
        aiohttp.ClientSession() as anybody,
        anybody.post(f"{service.url}/api/v1/browser-reports", json=body) as answer,
    ):
        return answer.status


async def test_pages_are_counted_and_their_errors_are_lines_without_people(service):
    vitals = [{"name": "LCP", "value": 1700}, {"name": "CLS", "value": 0.02}]
    before = count("realstaging_web_errors_total", page="project")
    took = count("realstaging_web_vital_seconds_sum", vital="LCP", page="project")
    with capture_logs() as lines:
        assert await send(service, {"page": "project", "vitals": vitals, "errors": [ERROR]}) == 204
    assert count("realstaging_web_errors_total", page="project") == before + 1
    assert count("realstaging_web_vital_seconds_sum", vital="LCP", page="project") == took + 1.7
    assert count("realstaging_web_layout_shift_count", page="project") >= 1
    [line] = [line for line in lines if line["event"] == "browser.error"]
    assert line["message"] == "[address] could not read https://staging.test/send/rs_link_secret of x"
    assert line["of_trace"] == ERROR["trace"]


@pytest.mark.parametrize(
    "body",
    [
        {"page": "a page of theirs"},
        {"vitals": [{"name": "LCP", "value": -1}]},
        {"vitals": [{"name": "LCP", "value": 1}] * 11},
        {"errors": [ERROR] * 11},
        {"errors": [{"message": "x" * 301}]},
        {"errors": [{"message": "x", "trace": "../../"}]},
    ],
)
async def test_a_report_is_bounded(service, body):
    assert await send(service, body) == 422


@asynccontextmanager
async def tracker():
    """A stand-in for an error tracker: takes envelopes (https://develop.sentry.dev/sdk/envelopes/), gives their events."""
    taken, (listening, url) = [], listener()

    async def take(request):
        _head, about, event = (await request.read()).split(b"\n")[:3]
        assert json.loads(about)["type"] == "event"
        taken.append(json.loads(event))
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/api/7/envelope/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield url.replace("http://", "http://public@") + "/7", taken
    finally:
        await runner.cleanup()


async def test_errors_are_told_to_a_tracker_without_people_requests_or_secrets(service):
    async def fails(_platform):
        token = "rs_live_abcdefghijklmnop"
        raise ValueError(f"could not {token} at https://x.test/?token=hush with a key of ours: a secret word")

    async with tracker() as (dsn, taken):
        async with error_tracking.telling(dsn, "production", ["a secret word"]):
            doing = asyncio.create_task(keep_doing(service.platform, Chore("broken", 1, fails)))
            assert await send(service, {"page": "project", "errors": [ERROR]}) == 204
            with Span("here") as span:
                error_tracking.caught(KeyError("x"))
            async with asyncio.timeout(20):
                while len(taken) < 3:
                    await asyncio.sleep(0.02)
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
        # Nobody is told when the process does not tell, or has ended.
        error_tracking.caught(KeyError("later"))
    kinds = {str(one.get("exception", {}).get("values", [{}])[-1].get("type")): one for one in taken}
    assert kinds["ValueError"]["tags"]["chore"] == "broken"
    assert kinds["KeyError"]["tags"]["trace_id"] == f"{span.trace_id:032x}"
    reported = kinds["None"]
    assert reported["tags"]["page"] == "project"
    written = json.dumps(taken)
    for private in (
        "hush",
        "abcdefghijklmnop",
        "a secret word",
        "ada@example.com",
        "breadcrumbs",
        "vars",
        "request",
        "user",
    ):
        assert f'"{private}"' not in written, private
    for secret in ("hush", "abcdefghijklmnop", "a secret word", "ada@example.com"):
        assert secret not in written, secret
    assert {"environment", "release"} <= reported.keys()
    assert "server_name" not in reported
