"""What every request passes is done where it comes in, and once: Litestar calls guards and hooks that are not async in threads, copies the
handler for each guard, and starts a task for each of several values that do not need each other.
"""

from litestar.routes import HTTPRoute
from litestar.utils.sync import AsyncCallable

from harness.service import service
from realstaging.api import build
from realstaging.settings import Settings


async def test_no_guard_and_no_hook_hops_to_a_thread(tmp_path, database_url, redis_url):
    async with service(tmp_path, database_url, redis_url) as running:
        app = build(running.settings, running.platform)
        handlers = [handler for route in app.routes for handler in getattr(route, "route_handlers", [])]
        called = {guard for handler in handlers for guard in handler.resolve_guards()} | {*app.before_send}
    assert len(called) >= 2
    assert [one.func for one in called if isinstance(one, AsyncCallable)] == []
    assert {len(handler.resolve_guards()) for handler in handlers} == {1}


def test_what_a_route_needs_is_found_without_tasks():
    found = [
        (route.path, batch)
        for route in build(Settings()).routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for batch in handler.create_kwargs_model(route.path_parameters).dependency_batches
    ]
    assert len(found) > 100
    # Operators ask for these now and then.
    assert {path for path, batch in found if len(batch) > 1} <= {"/api/v1/operator/rate-limits"}
