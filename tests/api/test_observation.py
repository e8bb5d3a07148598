import asyncio
import base64
import time

import aiohttp
import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient
from structlog.testing import capture_logs

from harness import paid
from harness.service import service as run_service
from realstaging.api.errors import HANDLERS
from realstaging.api.observation import ROUTES
from realstaging.dev.ports import free_port
from realstaging.engines.brief import Style
from realstaging.kit import tracing
from realstaging.runtime import telemetry
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings

SECRET = "whsec_" + base64.b64encode(b"a secret of the tests alone").decode()
PAID = {"replicate_api_token": "r8_test", "replicate_webhook_secret": SECRET}


async def test_requests_and_jobs_are_counted(service, ada):
    photo = await ada.photo(await ada.project())
    done = 'realstaging_job_seconds_count{kind="staging.stage",outcome="done"}'
    async with service.working(), aiohttp.ClientSession() as prometheus, asyncio.timeout(30):
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
        # The row says so before the job's handler returns and is counted.
        while done not in (told := await _metrics(prometheus, service)):
            await asyncio.sleep(0.05)
    assert (
        'http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="201",http_route="/api/v1/stagings"}'
        in told
    )


async def test_refusals_are_logged_and_counted_by_code_and_route_without_what_was_sent(
    tmp_path, database_url, redis_url
):
    async with run_service(tmp_path, database_url, redis_url, build_engines=paid.build, **PAID) as service:
        with capture_logs() as lines:
            async with service.signed_in(PEOPLE[1]) as caller, aiohttp.ClientSession() as anybody:
                await caller.ask("GET", "operator/models", 403)
                for path in ("me?cursor=hush", "projects"):
                    headers = {"Authorization": "Bearer hush.hush.hush"}
                    async with anybody.get(f"{service.url}/api/v1/{path}", headers=headers) as answer:
                        assert answer.status == 401
                signed = {"webhook-id": "a", "webhook-timestamp": f"{time.time():.0f}", "webhook-signature": "v1,hush"}
                hook = f"{service.url}/api/v1/webhooks/replicate?attempt=hush"
                async with anybody.post(hook, data=b"{}", headers=signed) as answer:
                    assert answer.status == 403
                async with anybody.get(f"{service.url}/files/a/hush?expires=1&signature=hush") as answer:
                    assert answer.status == 403
                photo = await caller.photo(await caller.project())
                item = {
                    "photo_id": photo["id"],
                    "room_type": "living_room",
                    "styles": ["modern"],
                    "engine": "replicate",
                }
                body = {"items": [{**item, "styles": list(Style)}]}
                refused = (await caller.ask("POST", "stagings", 207, json=body))["items"][0]["error"]
                assert refused["code"] == "payment_required"
                told = await _metrics(anybody, service)
        for code, route in (
            ("unauthenticated", "/api/v1/me"),
            ("not_permitted", "/api/v1/operator/models"),
            ("webhook_forged", "/api/v1/webhooks/{engine}"),
            ("link_refused", "/files/{key}"),
            ("payment_required", "/api/v1/stagings"),
        ):
            assert f'realstaging_refusals_total{{code="{code}",route="{route}"}}' in told
            [line] = [line for line in lines if line.get("code") == code and line.get("route") == route]
            assert line["event"] == "api.refused"
        assert "hush" not in str(lines)


TOKEN = "a token of the tests, long enough"


@pytest.mark.parametrize(
    ("settings", "given", "status"),
    [
        ({}, None, 200),
        ({"metrics_token": TOKEN}, None, 404),
        ({"metrics_token": TOKEN}, "Bearer another", 404),
        ({"metrics_token": TOKEN}, f"Bearer {TOKEN}", 200),
        ({"environment": "production"}, None, 404),
        ({"environment": "production"}, "Bearer ", 404),
        ({"environment": "production", "metrics_token": TOKEN}, f"Bearer {TOKEN}", 200),
    ],
)
async def test_metrics_are_for_who_has_the_token(settings, given, status):
    asked = {"settings": Provide(lambda: Settings(**settings), sync_to_thread=False)}
    async with AsyncTestClient(Litestar(ROUTES, dependencies=asked, exception_handlers=HANDLERS)) as http:
        answer = await http.get("/metrics", headers={"Authorization": given} if given else {})
        assert answer.status_code == status


async def test_metrics_have_a_port_of_their_own():
    port = free_port()
    async with telemetry.metrics_served("127.0.0.1", port, TOKEN), aiohttp.ClientSession() as http:
        for headers, status in (({}, 404), ({"Authorization": f"Bearer {TOKEN}"}, 200)):
            async with http.get(f"http://127.0.0.1:{port}/metrics", headers=headers) as answer:
                assert answer.status == status
        async with http.get(f"http://127.0.0.1:{port}/other", headers=headers) as answer:
            assert answer.status == 404
    async with telemetry.metrics_served("127.0.0.1", 0, ""):
        pass


async def _metrics(prometheus, service):
    async with prometheus.get(f"{service.url}/metrics") as answer:
        return await answer.text()


async def test_a_figure_names_a_trace_that_is_kept_where_that_can_be_said(service, ada):
    sent = {"traceparent": "00-5c0fb46d1a2b4c3d8e9fa0b1c2d3e4f5-00f067aa0ba902b7-01"}
    tracing.collect(Everything())
    try:
        await ada.ask("GET", "projects", headers=sent)
    finally:
        tracing.collect(None)
    async with aiohttp.ClientSession() as prometheus:
        plain = await _metrics(prometheus, service)
        openly = {"Accept": "application/openmetrics-text;version=1.0.0;q=0.5, text/plain;version=0.0.4;q=0.2"}
        async with prometheus.get(f"{service.url}/metrics", headers=openly) as answer:
            assert answer.content_type == "application/openmetrics-text"
            told = await answer.text()
    assert told.endswith("# EOF\n")
    [line] = [line for line in told.splitlines() if "5c0fb46d1a2b4c3d8e9fa0b1c2d3e4f5" in line]
    assert line.startswith('http_server_request_duration_seconds_bucket{http_request_method="GET"')
    assert 'http_route="/api/v1/projects"' in line
    assert '# {trace_id="5c0fb46d1a2b4c3d8e9fa0b1c2d3e4f5"}' in line
    assert "5c0fb46d1a2b4c3d8e9fa0b1c2d3e4f5" not in plain


class Everything:
    """Keeps every trace."""

    def take(self, root, spans):
        return True
