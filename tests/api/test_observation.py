import asyncio

import aiohttp
from aiohttp import web

from realstaging.dev.ports import free_port
from realstaging.runtime import telemetry


async def test_requests_and_jobs_are_counted(service, ada):
    photo = await ada.photo(await ada.project())
    done = 'realstaging_job_seconds_count{kind="staging.stage",outcome="done"}'
    async with service.working(), aiohttp.ClientSession() as prometheus, asyncio.timeout(30):
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
        # The row says so before the job's handler returns and is counted.
        while done not in (told := await _metrics(prometheus, service)):
            await asyncio.sleep(0.05)
    assert 'realstaging_request_seconds_count{method="POST",route="/api/v1/stagings",status="201"}' in told


async def _metrics(prometheus, service):
    async with prometheus.get(f"{service.url}/metrics") as answer:
        return await answer.text()


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
