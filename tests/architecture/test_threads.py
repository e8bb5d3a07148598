"""What every request passes is done where it comes in: Litestar calls guards and hooks that are not async in threads."""

from litestar.utils.sync import AsyncCallable

from harness.service import service
from realstaging.api import build


async def test_no_guard_and_no_hook_hops_to_a_thread(tmp_path, database_url, redis_url):
    async with service(tmp_path, database_url, redis_url) as running:
        app = build(running.settings, running.platform)
        handlers = [handler for route in app.routes for handler in getattr(route, "route_handlers", [])]
        called = {guard for handler in handlers for guard in handler.resolve_guards()} | {*app.before_send}
    assert len(called) >= 3
    assert [one.func for one in called if isinstance(one, AsyncCallable)] == []
