"""The trace of one staging, from the browser's request to the event that reaches the page, as a collector is told of it."""

import asyncio
import re
from contextlib import asynccontextmanager

import aiohttp
from structlog.testing import capture_logs

from harness import paid
from harness.collector import collector
from realstaging.kit.errors import Unavailable
from realstaging.runtime.otlp import Keeping, Otlp, Sender

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
BROWSER = "00f067aa0ba902b7"
# That it is to be kept is a stranger's word.
ASKED = {"traceparent": f"00-{TRACE}-{BROWSER}-01"}


@asynccontextmanager
async def collected(**keeping):
    """What is told to a collector while the block runs, all of it by its end."""
    async with collector() as collecting:
        sender = Sender("test", Otlp(collecting.url, Keeping(**keeping)))
        try:
            yield collecting, sender
        finally:
            await asyncio.to_thread(sender.shutdown)


async def events_of(caller, until):
    """The blocks of the account's stream until one that holds ``until``."""
    async with caller.session.get("events", timeout=aiohttp.ClientTimeout(total=60)) as stream:
        blocks, text = [], ""
        async for piece in stream.content.iter_any():
            *whole, text = (text + piece.decode()).split("\n\n")
            blocks += whole
            if any(until in block for block in whole):
                return blocks
    raise AssertionError("the stream ended")


async def test_one_staging_is_one_trace_from_the_browser_to_the_event_that_reaches_the_page(
    tmp_path, database_url, redis_url
):
    async with paid.house(tmp_path, database_url, redis_url) as house, house.working():
        await house.credit(10)
        photo = await house.photo()
        await house.service.jobs_done()
        async with collected(percent=100) as (collecting, sender):
            reading = asyncio.create_task(events_of(house.ada, '"state":"ready"'))
            await asyncio.sleep(0)
            [staging] = await stage(house.ada, photo, ASKED)
            await house.ada.until(staging, "ready")
            blocks = await reading
            await house.service.jobs_done()
            await asyncio.to_thread(sender.tell_metrics)
    tree = collecting.tree(TRACE)
    assert tree[0] == "POST /api/v1/stagings"
    assert_part(tree, "POST /api/v1/stagings", "transaction", "send staging.changed")
    run = [line for line in tree if "process staging.stage" in line]
    assert run == ["    process staging.stage"]
    below = [line.strip() for line in tree[tree.index(run[0]) + 1 :] if line.startswith("      ")]
    assert {
        "transaction",
        "storage download",
        "storage put",
        "POST /models/{owner}/{name}/predictions",
        "GET /{output}",
        "send staging.changed",
    } <= set(below)
    # The event that told the page names the step that told it, and that it was sent is a step of the trace itself.
    [ready] = [block for block in blocks if '"state":"ready"' in block]
    told = re.search(rf": traceparent 00-{TRACE}-([0-9a-f]{{16}})-01", ready)
    spans = {span.id.hex(): span for span in collecting.trace(TRACE)}
    assert spans[told[1]].name == "transaction"
    assert any(span.name == "send staging.changed" and span.parent.hex() == told[1] for span in spans.values())
    root = next(span for span in spans.values() if span.name == "POST /api/v1/stagings")
    assert (root.parent.hex(), root.kind, root.error) == (BROWSER, "server", "")
    assert root.attributes == {
        "http.request.method": "POST",
        "http.route": "/api/v1/stagings",
        "http.response.status_code": 201,
        "url.scheme": "http",
    }
    assert root.resource["service.name"] == "realstaging-test"
    [job] = [span for span in spans.values() if span.name == "process staging.stage"]
    assert job.kind == "consumer"
    assert job.attributes["messaging.destination.name"] == "wait"
    assert job.attributes["realstaging.job.outcome"] == "done"
    [create] = [span for span in spans.values() if span.name == "POST /models/{owner}/{name}/predictions"]
    assert (create.kind, create.attributes["http.response.status_code"]) == ("client", 201)
    # Nobody's name, no address of a thing, no secret is in any of it.
    written = str([(span.name, span.attributes) for span in collecting.spans])
    for private in ("@", staging["id"], photo["id"], "r8_sandbox", "Bearer"):
        assert private not in written
    assert {"http.server.request.duration", "http.client.request.duration"} <= collecting.metrics.keys()
    [duration] = [
        point
        for point in collecting.metrics["http.server.request.duration"].histogram.data_points
        if {pair.key: pair.value.string_value for pair in point.attributes}
        == {"http.request.method": "POST", "http.route": "/api/v1/stagings", "http.response.status_code": "201"}
    ]
    assert duration.count >= 1
    assert sum(duration.bucket_counts) == duration.count


async def stage(caller, photo, headers):
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
    answer = await caller.ask("POST", "stagings", 201, json={"items": [item]}, headers=headers)
    return answer["items"][0]["stagings"]


def assert_part(tree, *names):
    """Each is below the one before it."""
    depth = -1
    for name in names:
        found = [line for line in tree if line.strip() == name and len(line) - len(line.lstrip()) > depth]
        assert found, (name, tree)
        depth = len(found[0]) - len(found[0].lstrip())


def soon():
    """A failure that time heals at once."""
    error = Unavailable()
    error.retry_after = 0.1
    return error


async def test_a_run_that_failed_is_kept_and_the_next_points_to_it(service, ada):
    photo = await ada.photo(await ada.project())
    service.engine.failures.append(soon())
    with capture_logs():
        async with collected(percent=0, slow_request=3600, slow_job=3600) as (collecting, _), service.working():
            item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"]}
            answer = await ada.ask("POST", "stagings", 201, json={"items": [item]}, headers=ASKED)
            await ada.until(answer["items"][0]["stagings"][0], "ready")
            await service.jobs_done()
    runs = [span for span in collecting.trace(TRACE) if span.name == "process staging.stage"]
    # The second went well and was quick: it is not kept, but its place is known to whoever follows the first.
    assert [(run.attributes["realstaging.job.run"], run.error) for run in runs] == [(1, "Unavailable")]
    assert {span.trace.hex() for span in collecting.spans} == {TRACE}


async def test_runs_point_to_the_run_before(service, ada):
    photo = await ada.photo(await ada.project())
    service.engine.failures.append(soon())
    with capture_logs():
        async with collected(percent=100) as (collecting, _), service.working():
            [staging] = await ada.stage(photo)
            await ada.until(staging, "ready")
            await service.jobs_done()
    first, second = (span for span in collecting.spans if span.name == "process staging.stage")
    assert first.trace == second.trace
    assert first.parent == second.parent != b""
    assert (first.links, second.links) == ([], [first.id])
