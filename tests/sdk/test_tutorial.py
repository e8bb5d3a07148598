"""docs/tutorial/api-in-ten-minutes.md, run as it stands, in its three languages."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from harness.service import room

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/tutorial/api-in-ten-minutes.md").read_text()
PROGRAMS = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "js": ["node", "--input-type=module", "-e"],
}


def code(language):
    """The page's last block in a language; its first in the shell only sets the two variables."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[-1]


@pytest.mark.long
async def test_the_pages_programs_stage_a_photo(service, tmp_path):
    """All at once: each waits some seconds for its picture."""

    async def run(language):
        folder = tmp_path / f"in {language}"
        folder.mkdir()
        (folder / "living.jpg").write_bytes(room())
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT / "sdk/python/src"),
            "REAL_STAGING_URL": service.url,
            "REAL_STAGING_KEY": service.token(),
        }
        process = await asyncio.create_subprocess_exec(
            *PROGRAMS[language],
            code(language),
            cwd=folder,
            env=environment,
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode == 0, f"{language}: {out.decode()} {err.decode()}"
        with Image.open(folder / "staged.jpg") as picture:
            assert picture.size == (450, 300)

    async with service.working(), asyncio.timeout(90):
        await asyncio.gather(*(run(language) for language in PROGRAMS))
    assert len(service.engine.calls) == 3
