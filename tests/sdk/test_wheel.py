"""The SDK as a wheel, in an environment with nothing else in it, against the real service."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from harness.service import room
from harness.service import service as run_service

ROOT = Path(__file__).parents[2]
UV = shutil.which("uv") or str(ROOT / ".uv/bin/uv")
README = (ROOT / "sdk/python/README.md").read_text()


def run(*command):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
async def test_ten_lines_in_an_empty_environment(tmp_path, database_url, redis_url):
    """As long as the package index takes."""
    run(UV, "build", "--quiet", "--wheel", "--out-dir", tmp_path, ROOT / "sdk/python")
    [wheel] = tmp_path.glob("realstaging_sdk-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "realstaging_sdk/py.typed" in archive.namelist()
    run(UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "venv")
    python = tmp_path / "venv/bin/python"
    run(UV, "pip", "install", "--quiet", "--python", python, wheel)
    assert "litestar" not in run(UV, "pip", "list", "--python", python)
    [program] = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert len(program.strip().splitlines()) <= 10
    (tmp_path / "living.jpg").write_bytes(room())
    (tmp_path / "service").mkdir()
    async with run_service(tmp_path / "service", database_url, redis_url) as service, service.working():
        code = program.replace("https://app.example.com", service.url).replace("rs_live_…", service.token())
        process = await asyncio.create_subprocess_exec(
            python, "-I", "-c", code, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, stderr=asyncio.subprocess.PIPE
        )
        _, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    with Image.open(tmp_path / "staged.jpg") as picture:
        assert picture.size == (450, 300)
