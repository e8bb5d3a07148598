import asyncio

import aiohttp
from aiohttp import web

from realstaging.dev.ports import free_port
from realstaging.runtime import telemetry


async def test_requests_and_jobs_are_counted(service, ada):
    photo = await ada.photo(await ada.project())
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
    async with aiohttp.ClientSession() as prometheus, prometheus.get(f"{service.url}/metrics") as answer:
        told = await answer.text()
    assert 'realstaging_request_seconds_count{method="POST",route="/api/v1/stagings",status="201"}' in told
    assert 'realstaging_job_seconds_count{kind="staging.stage",outcome="done"}' in told


async def test_traces_are_sent_where_an_endpoint_is_set():
    received = []

    async def take(request):
        received.append((request.path, await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/traces", take)
    runner, port = web.AppRunner(app), free_port()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    provider = telemetry.start("test", f"http://127.0.0.1:{port}")
    with provider.get_tracer("test").start_as_current_span("a step of the test"):
        pass
    await asyncio.to_thread(provider.shutdown)
    await runner.cleanup()
    assert received
    assert received[0][0] == "/v1/traces"
    assert telemetry.start("test", "") is None
