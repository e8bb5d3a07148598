"""A bucket: rclone's S3 server in front of a folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from realstaging.dev.ports import free_port

BUCKET = "pictures"
PATIENCE = 10.0


@contextmanager
def rclone(folder: Path, keys: str, host: str = "127.0.0.1") -> Iterator[str]:
    """The address of an S3 server with the bucket `BUCKET` and one pair of keys, ``access,secret``."""
    port, served = free_port(), folder / "served"
    (served / BUCKET).mkdir(parents=True)
    program = shutil.which("rclone", path=str(Path(sys.executable).parent))
    assert program, "rclone is missing beside Python: run `make setup`"
    command = [program, "serve", "s3", "--auth-key", keys, "--addr", f"{host}:{port}", str(served)]
    with (folder / "rclone.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield _when_ready(host, port)
    finally:
        server.kill()
        server.wait()


def _when_ready(host: str, port: int) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return f"http://{host}:{port}"
        time.sleep(0.02)
    raise AssertionError("rclone did not start")
