"""The worker as a process: what it does when it is told to stop."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from realstaging.settings import Settings

RUN = "import asyncio; from realstaging import worker, settings; asyncio.run(worker.main(settings.read()))"


@pytest.mark.parametrize("told", [pytest.param(signal.SIGTERM, id="SIGTERM"), pytest.param(signal.SIGINT, id="SIGINT")])
async def test_it_stops_at_once_when_told(told, database_url, redis_url, tmp_path):
    settings = Settings(
        database_url=database_url, redis_url=redis_url, storage_url=tmp_path.as_uri(), oidc_issuer="http://127.0.0.1:9"
    )
    named = {
        name.upper(): str(value) for name in settings.__struct_fields__ if (value := getattr(settings, name)) != ""
    }
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN, env={**os.environ, **named}, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        async for line in worker.stdout:
            if b"worker.ready" in line:
                break
        await asyncio.sleep(1)
        worker.send_signal(told)
        assert await worker.wait() == 0


CRASH = """
import asyncio, os, signal
from realstaging.runtime.processes import Processes
async def main():
    print(await Processes(1).run(os.getpid), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_its_pool_ends_with_it_even_by_kill_9(tmp_path):
    script = tmp_path / "crash.py"
    script.write_text(CRASH)
    owner = await asyncio.create_subprocess_exec(sys.executable, script, stdout=asyncio.subprocess.PIPE)
    pool_process = int(await owner.stdout.readline())
    assert await owner.wait() == -9
    async with asyncio.timeout(30):
        while Path(f"/proc/{pool_process}").exists():
            await asyncio.sleep(0.02)
