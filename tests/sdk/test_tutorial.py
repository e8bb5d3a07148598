"""docs/tutorial/api-in-ten-minutes.md, run as it stands, in its three languages."""

import asyncio
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from harness.service import room
from realstaging.kit.errors import CannotStage

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


@pytest.fixture
def run(service, through, tmp_path):
    """Runs the page's program in a language, over the network."""

    async def run(language):
        folder = tmp_path / f"in {language}"
        folder.mkdir(exist_ok=True)
        (folder / "living.jpg").write_bytes(room())
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT / "sdk/python/src"),
            "REAL_STAGING_URL": through.url,
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
        return Ran(language, process.returncode, f"{out.decode()} {err.decode()}", folder / "staged.jpg")

    return run


@dataclass(frozen=True)
class Ran:
    language: str
    status: int
    said: str
    file: Path

    def was_well(self):
        assert self.status == 0, f"{self.language}: {self.said}"
        with Image.open(self.file) as picture:
            assert picture.size == (450, 300)

    def told(self, words):
        assert self.status != 0, self.language
        assert words in self.said, f"{self.language}: {self.said}"
        assert not self.file.exists(), self.language


@pytest.mark.long
async def test_the_pages_programs_stage_a_photo(service, run):
    """All at once: each waits some seconds for its picture."""
    async with service.working(), asyncio.timeout(90):
        for ran in await asyncio.gather(*(run(language) for language in PROGRAMS)):
            ran.was_well()
    assert len(service.engine.calls) == 3


@pytest.mark.long
async def test_the_pages_programs_tell_what_fails(service, through, run):
    """A photo and a picture that are refused on their way, and a staging that fails."""

    async def told(words):
        async with asyncio.timeout(90):
            for ran in await asyncio.gather(*(run(language) for language in PROGRAMS)):
                ran.told(words)
        assert through.troubles == []

    refused = [(403, {})] * len(PROGRAMS)
    through.meets, through.troubles = (lambda request: request.method == "PUT"), list(refused)
    await told("403")
    async with service.working():
        service.engine.failures = [CannotStage("No floor.") for _ in PROGRAMS]
        await told("No floor.")
        through.meets = lambda request: request.method == "GET" and request.path.startswith("/files/")
        through.troubles = list(refused)
        await told("403")


@pytest.mark.long
async def test_a_look_that_fails_does_not_end_the_pages_loop(service, through, run):
    through.meets = lambda request: request.method == "GET" and "/stagings/" in request.path
    through.troubles = [(503, {}), "unreached"]
    async with service.working(), asyncio.timeout(90):
        (await run("sh")).was_well()
    assert through.troubles == []
