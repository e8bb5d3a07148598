"""What a process of the service has in memory: no library for pixels where none are worked on, nothing of the development set."""

import json
import subprocess
import sys

import pytest

from harness.service import jpeg

PIXELS = {"numpy", "scipy", "cv2", "PIL", "pillow_heif", "OpenEXR", "onnxruntime", "rapidocr"}
ELSEWHERE = {"alembic", "sqlalchemy", "playwright", "pytest", "typer"}
OWN = {
    "realstaging.sandbox",
    "realstaging.dev",
    "realstaging.cli",
    "realstaging.engines.local.engine",
    "realstaging.engines.local.layout",
    "realstaging.engines.local.room",
    "realstaging.fidelity.gate",
    "realstaging.fidelity.examination",
    "realstaging.imaging.decode",
}
# As `main` of each does it: everything listed, the engines built; then what is done with a photo, which happens elsewhere.
LOADED = """
import asyncio, json, sys
from pathlib import Path
from types import SimpleNamespace

photo = Path(sys.argv[1])

async def main():
    {load}
    from realstaging import wiring
    from realstaging.runtime.wake_ups import connect
    from realstaging.settings import Settings
    from realstaging.wiring.paid import Parts

    pools = wiring.pools()
    settings = Settings(replicate_api_token="r8_x", secret_key="a key for tests that is long enough")
    wake_ups = SimpleNamespace(redis=connect("redis://127.0.0.1:1", patience=1))
    wiring.build_engines(settings, Parts(None, wake_ups, None, pools.processes))
    {use}
    pools.close()

asyncio.run(main())
print(json.dumps(sorted(sys.modules)))
"""
PROCESSES = {
    "api": (
        "from realstaging import api, settings; api.build(settings.Settings())",
        "from realstaging.domains.photos import uploads; await uploads.read(SimpleNamespace(decoders=pools.decoders), photo)",
        {"zipstream", "realstaging.worker", "realstaging.wiring.jobs", "realstaging.domains.staging.jobs"},
    ),
    "worker": (
        "from realstaging import worker",
        "from realstaging.engines.replicate import padding; await pools.processes.run(padding.size_of, photo)",
        {"uvicorn", "realstaging.api"},
    ),
}


def loaded(process, tmp_path):
    """The modules of a process that was started, has built its engines and has had a photo read."""
    load, use, _ = PROCESSES[process]
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg())
    code = LOADED.format(load=load, use=use)
    answer = subprocess.run([sys.executable, "-c", code, photo], capture_output=True, text=True, check=True)
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_loads_what_it_needs_and_no_more(process, tmp_path):
    modules = loaded(process, tmp_path)
    forbidden = PIXELS | ELSEWHERE | OWN | PROCESSES[process][2]
    found = {name for name in modules if any(name == bad or name.startswith(f"{bad}.") for bad in forbidden)}
    assert found == set()
    assert len(modules) > 500
