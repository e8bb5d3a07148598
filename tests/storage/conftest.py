"""The two kinds of storage, each behind real HTTP: the folder through uvicorn, the bucket through rclone's S3 server."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn

from harness.bucket import rclone
from realstaging.dev.ports import free_port
from realstaging.kit.keyring import KeyRing
from realstaging.storage import open_storage
from realstaging.storage.local_http import files_app

SECRET = "a secret of the tests"


@asynccontextmanager
async def local(folder: Path):
    port = free_port()
    storage = open_storage(folder.as_uri(), public_url=f"http://127.0.0.1:{port}", keys=KeyRing(SECRET))
    server = uvicorn.Server(uvicorn.Config(files_app(storage), port=port, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield storage
    finally:
        server.should_exit = True
        await serving


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory):
    """An S3 server of this test process; it knows one bucket and one pair of keys."""
    with rclone(tmp_path_factory.mktemp("s3"), "tester,secret") as endpoint:
        yield endpoint


@pytest.fixture(params=["local", "s3"])
async def storage(request, tmp_path):
    if request.param == "local":
        async with local(tmp_path / "files") as opened:
            yield opened
    else:
        endpoint = request.getfixturevalue("s3_endpoint")
        url = f"s3://pictures?endpoint={endpoint}&access_key=tester&secret_key=secret"
        yield open_storage(url, public_url="", keys=KeyRing("s"))
