"""Ctrl-C while `realstaging stage` waits for its renderer to be installed."""

import fcntl
import os
import signal
import subprocess
import sysconfig
import time
import venv
from pathlib import Path

import pytest


def wait_until_open(process, file):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if any(entry.readlink() == file for entry in Path(f"/proc/{process.pid}/fd").iterdir() if entry.is_symlink()):
            return
        time.sleep(0.05)
    pytest.fail("it never came to the installation")


def test_it_ends_at_once(tmp_path):
    """Its Python is a new environment's, which has no renderer; another installation is under way there."""
    venv.create(tmp_path / "fresh", symlinks=True)
    held = tmp_path / "fresh" / "share" / "realstaging" / "renderer.lock"
    held.parent.mkdir(parents=True)
    packages = [*filter(None, [os.environ.get("PYTHONPATH")]), "src", sysconfig.get_paths()["purelib"]]
    command = [tmp_path / "fresh" / "bin" / "python", "-m", "realstaging", "stage", "photo.jpg"]
    asked = ["--room", "living_room", "--style", "modern", "-o", tmp_path / "out.jpg"]
    with held.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # A shell has what it starts behind its back ignore Ctrl-C, and us with it where it started us so.
        heard = ["env", "--default-signal=INT", *command, *asked]
        process = subprocess.Popen(heard, env={**os.environ, "PYTHONPATH": os.pathsep.join(packages)})
        try:
            wait_until_open(process, held)
            process.send_signal(signal.SIGINT)
            assert process.wait(90) != 0
        finally:
            process.kill()
